//! Reads what another app shares through its content provider. That app may be slow, for instance if it fetches
//! from a cloud, or never answer.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jni::errors::{Error, Result};
use jni::objects::{GlobalRef, JObject, JString};
use jni::sys::jint;
use jni::{JNIEnv, JavaVM};
use zeroize::{Zeroize, Zeroizing};

use super::system_ui::{call, call_static};
use crate::platform::bounded_calls::BoundedCalls;
use crate::platform::jni_members;
use crate::platform::system_ui::SharedReadError;
use crate::stack_wipe;

/// The other app may first have to fetch a picture from a cloud.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Limits how many reads other apps can keep waiting. Each read may hold a picture of the largest size.
const MAX_READS: usize = 2;

/// Bytes per read.
const CHUNK: usize = 64 * 1024;

type Bytes = std::result::Result<Zeroizing<Vec<u8>>, SharedReadError>;

/// The file that is being read, until it is closed.
type OpenFile = Arc<Mutex<Option<GlobalRef>>>;

/// Reads outside of the activity's thread, which a slow app would block.
pub struct ContentReader(BoundedCalls);

impl Default for ContentReader {
    fn default() -> Self {
        Self(BoundedCalls::new(MAX_READS, TIMEOUT))
    }
}

impl ContentReader {
    /// All bytes of the content at this address.
    ///
    /// # Errors
    /// See [`SharedReadError`].
    pub fn read(&self, vm: JavaVM, resolver: GlobalRef, address: String, limit: usize) -> Bytes {
        let vm = Arc::new(vm);
        let file = OpenFile::default();
        let (on, open_file) = (Arc::clone(&vm), Arc::clone(&file));
        let work = move || {
            stack_wipe::with_stack_wiped(|| {
                attached(&on, |env| read(env, &open_file, &resolver, &address, limit))
                    .unwrap_or(Err(SharedReadError::Unreadable))
            })
        };
        self.0.run(work, drop).unwrap_or_else(|| {
            // Ends the read that is still waiting, so that its slot is free again.
            let _ = attached(&vm, |env| close(env, &file));
            Err(SharedReadError::Unreadable)
        })
    }
}

/// Attaches this thread to the Java VM while `work` runs. A thread that ended with a pending exception would
/// end the app.
fn attached<T>(vm: &JavaVM, work: impl FnOnce(&mut JNIEnv<'_>) -> Result<T>) -> Result<T> {
    let mut env = vm.attach_current_thread()?;
    let done = work(&mut env);
    env.exception_clear()?;
    done
}

/// Uses an unstable client: with `openInputStream`, Android ends this app if the other app's process dies.
fn read(
    env: &mut JNIEnv<'_>,
    file: &OpenFile,
    resolver: &GlobalRef,
    address: &str,
    limit: usize,
) -> Result<Bytes> {
    let address: JString<'_> = env.new_string(address)?;
    let uri = call_static(env, jni_members::URI_PARSE, &[(&address).into()])?.l()?;
    let client = call(
        env,
        resolver,
        jni_members::RESOLVER_CLIENT,
        &[(&uri).into()],
    )?
    .l()?;
    let read = open(env, &client, &uri).and_then(|open_file| {
        let file_ref = env.new_global_ref(&open_file)?;
        *file.lock().unwrap_or_else(PoisonError::into_inner) = Some(file_ref);
        let stream = call(env, &open_file, jni_members::FILE_STREAM, &[])?.l()?;
        read_stream(env, &stream, limit)
    });
    // JNI allows no call while an exception is pending.
    env.exception_clear()?;
    close(env, file)?;
    call(env, &client, jni_members::CLIENT_CLOSE, &[])?.v()?;
    read
}

/// Opens the content with any type, as `ContentResolver.openInputStream` does.
fn open<'a>(env: &mut JNIEnv<'a>, client: &JObject<'_>, uri: &JObject<'_>) -> Result<JObject<'a>> {
    let any = env.new_string("*/*")?;
    let options = JObject::null();
    let arguments = [uri.into(), (&any).into(), (&options).into()];
    let open_file = call(env, client, jni_members::CLIENT_OPEN, &arguments)?.l()?;
    if open_file.is_null() {
        return Err(Error::NullPtr("openTypedAssetFileDescriptor"));
    }
    Ok(open_file)
}

/// Closes the file once, whichever thread comes first.
fn close(env: &mut JNIEnv<'_>, file: &OpenFile) -> Result<()> {
    let open_file = file.lock().unwrap_or_else(PoisonError::into_inner).take();
    match open_file {
        Some(open_file) => call(env, &open_file, jni_members::FILE_CLOSE, &[])?.v(),
        None => Ok(()),
    }
}

fn read_stream(env: &mut JNIEnv<'_>, stream: &JObject<'_>, limit: usize) -> Result<Bytes> {
    let chunk = env.new_byte_array(CHUNK as jint)?;
    let mut bytes = Zeroizing::new(Vec::new());
    let mut copied = Zeroizing::new([0_i8; CHUNK]);
    let complete = loop {
        let count = call(env, stream, jni_members::STREAM_READ, &[(&chunk).into()])?.i()?;
        let Ok(count) = usize::try_from(count) else {
            break true;
        };
        if bytes.len() + count > limit {
            break false;
        }
        env.get_byte_array_region(&chunk, 0, &mut copied[..count])?;
        bytes.extend(copied[..count].iter().map(|byte| byte.cast_unsigned()));
    };
    // The buffers still contain a part of the picture, which shows a secret.
    copied.zeroize();
    env.set_byte_array_region(&chunk, 0, &copied[..])?;
    Ok(complete.then_some(bytes).ok_or(SharedReadError::TooLarge))
}
