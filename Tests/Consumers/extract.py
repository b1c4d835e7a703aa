"""Prints the facts of a page, each with its sentence: extract.py LIBRARY FILE"""
import ctypes
import json
import pathlib
import sys


class Str(ctypes.Structure):
    _fields_ = [("ptr", ctypes.c_void_p), ("len", ctypes.c_size_t)]

    def __str__(self):
        return ctypes.string_at(self.ptr, self.len).decode()

    @classmethod
    def of(cls, text):
        cls.kept = ctypes.create_string_buffer(text.encode())
        return cls(ctypes.addressof(cls.kept), len(text.encode()))


class Input(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_size_t), ("bytes", ctypes.c_char_p), ("len", ctypes.c_size_t),
        ("format", ctypes.c_int32), ("reserved", ctypes.c_int32), ("id", Str), ("published", Str)]


library, path = sys.argv[1:]
dukien = ctypes.CDLL(library)
new, error, pointer = ctypes.c_void_p, ctypes.c_void_p(), ctypes.byref
dukien.dukien_loader_new.restype = dukien.dukien_extractor_new.restype = new
dukien.dukien_error_message.restype = Str


def check(status):
    if status < 0:
        sys.exit(str(dukien.dukien_error_message(error)))


loader = new(dukien.dukien_loader_new(None, None))
check(dukien.dukien_loader_add_name(loader, Str.of("vi-news"), pointer(error)))
rules, result, text = new(), new(), Str()
check(dukien.dukien_loader_compile(loader, pointer(rules), None, pointer(error)))
extractor = new(dukien.dukien_extractor_new(rules, None))
page = pathlib.Path(path).read_bytes()
input = Input(size=ctypes.sizeof(Input), bytes=page, len=len(page))
check(dukien.dukien_run(extractor, pointer(input), None, pointer(result), pointer(error)))
check(dukien.dukien_result_json(result, pointer(text), pointer(error)))

for fact in json.loads(str(text))["facts"]:
    print(fact["type"])
    for name, role in fact["roles"].items():
        for one in role if isinstance(role, list) else [role]:
            norm = one.get("norm") or one.get("text", "")
            print(f"  {name}: {'true' if norm is True else norm}")
    for evidence in fact["evidence"]:
        print(f'  "{evidence["text"]}"')

dukien.dukien_result_release(result)
dukien.dukien_extractor_release(extractor)
dukien.dukien_rules_release(rules)
dukien.dukien_loader_release(loader)
