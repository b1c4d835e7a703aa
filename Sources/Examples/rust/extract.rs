//! Prints the facts of a page, each with its sentence: extract FILE
//!
//! Declares by hand what it needs of dukien.h; no crates.
use std::{env, ffi::c_void, fs, io::Write, process, ptr, slice};

#[repr(C)]
#[derive(Clone, Copy)]
struct Str {
    ptr: *const u8,
    len: usize,
}

#[repr(C)]
struct Span {
    begin: u64,
    end: u64,
}

#[repr(C)]
struct View {
    data: *const u8,
    count: usize,
    stride: usize,
}

/// The part of `dukien_input` up to its length; the library takes the rest for zero.
#[repr(C)]
struct Input {
    size: usize,
    bytes: *const u8,
    len: usize,
}

#[repr(C)]
struct Fact {
    kind: Str,
    rule: Str,
    polarity: Str,
    said_by: Str,
    first_role: u32,
    role_count: u32,
    first_evidence: u32,
    evidence_count: u32,
    at: Span,
}

#[repr(C)]
struct Role {
    role: Str,
    text: Str,
    norm: Str,
}

#[repr(C)]
struct Evidence {
    block: u32,
    at: Span,
    quote: Str,
}

type Handle = *mut c_void;

#[link(name = "dukien")]
extern "C" {
    fn dukien_error_message(error: Handle) -> Str;
    fn dukien_loader_new(options: *const c_void, error: *mut Handle) -> Handle;
    fn dukien_loader_add_name(loader: Handle, name: Str, error: *mut Handle) -> i32;
    fn dukien_loader_compile(
        loader: Handle, rules: *mut Handle, findings: *mut Handle, error: *mut Handle,
    ) -> i32;
    fn dukien_loader_release(loader: Handle);
    fn dukien_rules_release(rules: Handle);
    fn dukien_extractor_new(rules: Handle, error: *mut Handle) -> Handle;
    fn dukien_extractor_release(extractor: Handle);
    fn dukien_run(
        extractor: Handle, page: *const Input, options: *const c_void, result: *mut Handle,
        error: *mut Handle,
    ) -> i32;
    fn dukien_result_facts(result: Handle) -> View;
    fn dukien_result_roles(result: Handle) -> View;
    fn dukien_result_evidence(result: Handle) -> View;
    fn dukien_result_release(result: Handle);
}

impl Str {
    fn bytes(&self) -> &[u8] {
        unsafe { slice::from_raw_parts(self.ptr, self.len) }
    }
}

impl View {
    /// Record `index`, found by the stride of the library, not by the size of `T`.
    fn at<T>(&self, index: usize) -> &T {
        assert!(index < self.count);
        unsafe { &*self.data.add(index * self.stride).cast() }
    }
}

/// Ends the program with the message of a call that failed.
fn check(status: i32, error: Handle) {
    if status < 0 {
        eprintln!("{}", String::from_utf8_lossy(unsafe { dukien_error_message(error) }.bytes()));
        process::exit(1);
    }
}

fn print(result: Handle) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let (facts, roles, evidence) = unsafe {
        (dukien_result_facts(result), dukien_result_roles(result), dukien_result_evidence(result))
    };
    for index in 0..facts.count {
        let fact: &Fact = facts.at(index);
        out.write_all(&[fact.kind.bytes(), b"\n"].concat())?;
        for index in fact.first_role..fact.first_role + fact.role_count {
            let role: &Role = roles.at(index as usize);
            let value = if role.norm.len > 0 { role.norm } else { role.text };
            out.write_all(&[b"  ", role.role.bytes(), b": ", value.bytes(), b"\n"].concat())?;
        }
        for index in fact.first_evidence..fact.first_evidence + fact.evidence_count {
            let sentence: &Evidence = evidence.at(index as usize);
            out.write_all(&[b"  \"", sentence.quote.bytes(), b"\"\n"].concat())?;
        }
    }
    Ok(())
}

fn main() -> std::io::Result<()> {
    let page = fs::read(env::args().nth(1).expect("usage: extract FILE"))?;
    let set = "vi-news";
    let (mut rules, mut result, mut error) = (ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
    unsafe {
        let loader = dukien_loader_new(ptr::null(), &mut error);
        let name = Str { ptr: set.as_ptr(), len: set.len() };
        check(dukien_loader_add_name(loader, name, &mut error), error);
        check(dukien_loader_compile(loader, &mut rules, ptr::null_mut(), &mut error), error);
        let extractor = dukien_extractor_new(rules, &mut error);
        let input = Input { size: size_of::<Input>(), bytes: page.as_ptr(), len: page.len() };
        check(dukien_run(extractor, &input, ptr::null(), &mut result, &mut error), error);
        print(result)?;
        dukien_result_release(result);
        dukien_extractor_release(extractor);
        dukien_rules_release(rules);
        dukien_loader_release(loader);
    }
    Ok(())
}
