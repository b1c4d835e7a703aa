"""The native part of the package: one file that has the library inside.

DUKIEN_PREFIX names an installed library, as Sources/Packaging/make-library.sh makes it.
"""

import glob
import os
import platform
import re
import sysconfig

from setuptools import Extension, setup

prefix = os.environ.get("DUKIEN_PREFIX")
if not prefix:
    raise SystemExit("set DUKIEN_PREFIX to an installed library; build-wheel.sh does it")

with open(f"{prefix}/lib/pkgconfig/dukien.pc", encoding="utf-8") as file:
    version = re.search(r"^Version: (\S+)$", file.read(), re.MULTILINE).group(1)

# One wheel for Python 3.10 and every later one, but for those without the interpreter's lock, which
# have no stable interface yet.
stable = not sysconfig.get_config_var("Py_GIL_DISABLED")

sources = sorted(glob.glob("native/*.c"))
link = ["-Wl,--version-script=native/exports.map", "-Wl,--gc-sections", "-Wl,-z,relro,-z,now", "-s"]
if platform.libc_ver()[0] == "glibc" and platform.machine() in ("x86_64", "aarch64"):
    # What old_libc.c puts in the place of newer names.
    wrapped = ["pthread_create", "pthread_join", "pthread_sigmask"]
    link += [f"-Wl,--wrap={name}" for name in wrapped]
else:
    sources.remove("native/old_libc.c")

setup(
    version=version,
    ext_modules=[
        Extension(
            "dukien._native",
            sources=sources,
            depends=glob.glob("native/*.h"),
            include_dirs=[f"{prefix}/include"],
            extra_objects=[f"{prefix}/lib/libdukien.a"],
            libraries=["m"],
            extra_compile_args=["-std=c11", "-Wall", "-Wextra", "-Werror", "-fvisibility=hidden", "-ffunction-sections"],
            extra_link_args=link,
            define_macros=[("Py_LIMITED_API", "0x030A0000")] if stable else [],
            py_limited_api=stable,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp310"}} if stable else {},
)
