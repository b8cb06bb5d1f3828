//! What another app shares, read from the app that has it: a cloud's may be slow, or never answer.

use std::time::Duration;

use jni::errors::Result;
use jni::objects::{GlobalRef, JObject, JString};
use jni::sys::jint;
use jni::{JNIEnv, JavaVM};
use zeroize::{Zeroize, Zeroizing};

use super::phone::{call, call_static};
use crate::platform::bounded_calls::BoundedCalls;
use crate::platform::java;
use crate::platform::phone::SharedReadError;
use crate::stack;

/// A picture may have to be fetched from a cloud first.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Any app may share, and leave us waiting.
const MAX_READERS: usize = 4;

/// Bytes that are asked for at once.
const CHUNK: usize = 64 * 1024;

/// Reads beside the activity's thread, which a slow app would hold up.
pub struct Readers(BoundedCalls);

impl Default for Readers {
    fn default() -> Self {
        Self(BoundedCalls::new(MAX_READERS, TIMEOUT))
    }
}

impl Readers {
    /// All bytes of what is shared under this address.
    ///
    /// # Errors
    /// As [`SharedReadError`] says.
    pub fn read(
        &self,
        machine: JavaVM,
        resolver: GlobalRef,
        address: String,
        limit: usize,
    ) -> std::result::Result<Zeroizing<Vec<u8>>, SharedReadError> {
        let work = move || {
            let read = stack::wiped(|| attached(&machine, &resolver, &address, limit));
            read.unwrap_or(Err(SharedReadError::Unreadable))
        };
        let read = self.0.run(work, drop);
        read.unwrap_or(Err(SharedReadError::Unreadable))
    }
}

type Bytes = std::result::Result<Zeroizing<Vec<u8>>, SharedReadError>;

fn attached(machine: &JavaVM, resolver: &GlobalRef, address: &str, limit: usize) -> Result<Bytes> {
    let mut env = machine.attach_current_thread()?;
    let stream = open(&mut env, resolver, address);
    let read = stream.and_then(|stream| {
        let read = read(&mut env, &stream, limit);
        // What was thrown is still pending, and nothing can be called before it is cleared.
        env.exception_clear()?;
        call(&mut env, &stream, java::STREAM_CLOSE, &[])?;
        read
    });
    // A thread that ends with it pending ends the app.
    env.exception_clear()?;
    read
}

fn open<'a>(env: &mut JNIEnv<'a>, resolver: &GlobalRef, address: &str) -> Result<JObject<'a>> {
    let address: JString<'_> = env.new_string(address)?;
    let uri = call_static(env, java::URI_PARSE, &[(&address).into()])?.l()?;
    call(env, resolver, java::RESOLVER_OPEN, &[(&uri).into()])?.l()
}

fn read(env: &mut JNIEnv<'_>, stream: &JObject<'_>, limit: usize) -> Result<Bytes> {
    let chunk = env.new_byte_array(CHUNK as jint)?;
    let mut bytes = Zeroizing::new(Vec::new());
    let mut copied = Zeroizing::new([0_i8; CHUNK]);
    let whole = loop {
        let count = call(env, stream, java::STREAM_READ, &[(&chunk).into()])?.i()?;
        let Ok(count) = usize::try_from(count) else {
            break true;
        };
        if bytes.len() + count > limit {
            break false;
        }
        env.get_byte_array_region(&chunk, 0, &mut copied[..count])?;
        bytes.extend(copied[..count].iter().map(|byte| byte.cast_unsigned()));
    };
    // What the chunk held last is a picture of a secret.
    copied.zeroize();
    env.set_byte_array_region(&chunk, 0, &copied[..])?;
    Ok(whole.then_some(bytes).ok_or(SharedReadError::TooLarge))
}
