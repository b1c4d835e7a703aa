# find_package(dukien): the targets dukien::dukien (shared) and dukien::dukien_static.
get_filename_component(dukien_PREFIX "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

if(NOT TARGET dukien::dukien)
  add_library(dukien::dukien SHARED IMPORTED)
  set_target_properties(dukien::dukien PROPERTIES
    IMPORTED_LOCATION "${dukien_PREFIX}/lib/libdukien.so"
    INTERFACE_INCLUDE_DIRECTORIES "${dukien_PREFIX}/include")
endif()

if(NOT TARGET dukien::dukien_static)
  add_library(dukien::dukien_static STATIC IMPORTED)
  set_target_properties(dukien::dukien_static PROPERTIES
    IMPORTED_LOCATION "${dukien_PREFIX}/lib/libdukien.a"
    IMPORTED_LINK_INTERFACE_LANGUAGES C
    INTERFACE_LINK_LIBRARIES m
    INTERFACE_INCLUDE_DIRECTORIES "${dukien_PREFIX}/include")
endif()
