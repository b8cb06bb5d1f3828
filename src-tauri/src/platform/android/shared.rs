//! What another app shares, read from the app that has it: a cloud's may be slow, or never answer.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jni::errors::{Error, Result};
use jni::objects::{GlobalRef, JObject, JString};
use jni::sys::jint;
use jni::{JNIEnv, JavaVM};
use zeroize::{Zeroize, Zeroizing};

use super::system_ui::{call, call_static};
use crate::platform::bounded_calls::BoundedCalls;
use crate::platform::java;
use crate::platform::system_ui::SharedReadError;
use crate::stack_wipe;

/// A picture may have to be fetched from a cloud first.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Any app may share, and leave us waiting; each reader may hold a picture of the largest.
const MAX_READERS: usize = 2;

/// Bytes that are asked for at once.
const CHUNK: usize = 64 * 1024;

type Bytes = std::result::Result<Zeroizing<Vec<u8>>, SharedReadError>;

/// The file that a reader reads, until it is closed.
type OpenFile = Arc<Mutex<Option<GlobalRef>>>;

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
    ) -> Bytes {
        let machine = Arc::new(machine);
        let file = OpenFile::default();
        let (on, opened) = (Arc::clone(&machine), Arc::clone(&file));
        let work = move || {
            stack_wipe::with_stack_wiped(|| {
                attached(&on, |env| read(env, &opened, &resolver, &address, limit))
                    .unwrap_or(Err(SharedReadError::Unreadable))
            })
        };
        self.0.run(work, drop).unwrap_or_else(|| {
            // Ends a reading that still waits, so that its place is free again.
            let _ = attached(&machine, |env| close(env, &file));
            Err(SharedReadError::Unreadable)
        })
    }
}

/// Runs `work` on this thread as one of Java's. A thread that ended with an exception pending would end the app.
fn attached<T>(machine: &JavaVM, work: impl FnOnce(&mut JNIEnv<'_>) -> Result<T>) -> Result<T> {
    let mut env = machine.attach_current_thread()?;
    let done = work(&mut env);
    env.exception_clear()?;
    done
}

/// By a client that is not held to the other app's process: `openInputStream` has Android end this app where that one dies.
fn read(
    env: &mut JNIEnv<'_>,
    file: &OpenFile,
    resolver: &GlobalRef,
    address: &str,
    limit: usize,
) -> Result<Bytes> {
    let address: JString<'_> = env.new_string(address)?;
    let uri = call_static(env, java::URI_PARSE, &[(&address).into()])?.l()?;
    let client = call(env, resolver, java::RESOLVER_CLIENT, &[(&uri).into()])?.l()?;
    let read = open(env, &client, &uri).and_then(|opened| {
        let kept = env.new_global_ref(&opened)?;
        *file.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        let stream = call(env, &opened, java::FILE_STREAM, &[])?.l()?;
        read_stream(env, &stream, limit)
    });
    // Nothing can be called while an exception is pending.
    env.exception_clear()?;
    close(env, file)?;
    call(env, &client, java::CLIENT_CLOSE, &[])?.v()?;
    read
}

/// As `ContentResolver.openInputStream` opens it, of whatever type.
fn open<'a>(env: &mut JNIEnv<'a>, client: &JObject<'_>, uri: &JObject<'_>) -> Result<JObject<'a>> {
    let any = env.new_string("*/*")?;
    let options = JObject::null();
    let values = [uri.into(), (&any).into(), (&options).into()];
    let opened = call(env, client, java::CLIENT_OPEN, &values)?.l()?;
    if opened.is_null() {
        return Err(Error::NullPtr("openTypedAssetFileDescriptor"));
    }
    Ok(opened)
}

/// Once only, whoever comes first.
fn close(env: &mut JNIEnv<'_>, file: &OpenFile) -> Result<()> {
    let opened = file.lock().unwrap_or_else(PoisonError::into_inner).take();
    match opened {
        Some(opened) => call(env, &opened, java::FILE_CLOSE, &[])?.v(),
        None => Ok(()),
    }
}

fn read_stream(env: &mut JNIEnv<'_>, stream: &JObject<'_>, limit: usize) -> Result<Bytes> {
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
