//! Checks whether the current runtime can run a call, before tokio would panic.

use super::failure::Failure;
use std::net::UdpSocket;
use std::panic::catch_unwind;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

/// Returns the current runtime.
#[inline]
pub(super) fn current() -> Result<Handle, Failure> {
    let reason = "there is no tokio runtime here, which the default transport needs";
    Handle::try_current().map_err(|_| Failure::unusable(reason))
}

/// A task that waits in a runtime and is cancelled when the runtime ends, to detect at any time whether it has.
pub(super) struct Watch(AbortHandle);

impl Watch {
    #[inline]
    pub(super) fn over(runtime: &Handle) -> Watch {
        Watch(runtime.spawn(std::future::pending::<()>()).abort_handle())
    }

    /// Whether the runtime has ended. A runtime that had already ended cancels the task at once.
    #[inline]
    pub(super) fn is_over(&self) -> bool {
        self.0.is_finished()
    }
}

impl Drop for Watch {
    #[inline]
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Checks that the current runtime has timers and I/O. It has them as long as it lives, or never, so this is checked
/// once per runtime.
///
/// The only way to check is to use them, which panics if they are off. The panic is caught here; the program's panic
/// hook still sees it.
///
/// # Errors
/// Says what is missing.
#[inline]
pub(super) fn check_drivers() -> Result<(), &'static str> {
    if catch_unwind(|| drop(tokio::time::sleep(Duration::ZERO))).is_err() {
        return Err("the tokio runtime here has no timers: it needs `enable_time` or `enable_all`");
    }
    let socket = UdpSocket::bind("127.0.0.1:0").and_then(|socket| socket.set_nonblocking(true).map(|()| socket));
    // Without a socket to try it with, I/O cannot be checked.
    let Ok(socket) = socket else { return Ok(()) };
    if catch_unwind(|| drop(tokio::net::UdpSocket::from_std(socket))).is_err() {
        return Err("the tokio runtime here has no I/O: it needs `enable_io` or `enable_all`");
    }
    Ok(())
}
