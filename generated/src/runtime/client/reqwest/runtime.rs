//! Whether the runtime around a call can carry it. tokio panics where it cannot, so it is asked before.

use super::failure::Failure;
use std::net::UdpSocket;
use std::panic::catch_unwind;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

/// The runtime around this call.
pub(super) fn current() -> Result<Handle, Failure> {
    let reason = "there is no tokio runtime here, which the default transport needs";
    Handle::try_current().map_err(|_| Failure::unusable(reason))
}

/// A task that waits in a runtime until that ends, which cancels it: to see at any time whether it has.
pub(super) struct Watch(AbortHandle);

impl Watch {
    pub(super) fn over(runtime: &Handle) -> Watch {
        Watch(runtime.spawn(std::future::pending::<()>()).abort_handle())
    }

    /// The runtime has ended. One that has ended before cancels the task at once.
    pub(super) fn is_over(&self) -> bool {
        self.0.is_finished()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Checks that the runtime around this call has timers and I/O. It has them as long as it lives, or never, so this is asked
/// once of each.
///
/// tokio has no way to ask but to use them, which panics where they are off. That is caught here; the program's panic hook
/// sees it.
///
/// # Errors
/// Says what is missing.
pub(super) fn check_drivers() -> Result<(), &'static str> {
    if catch_unwind(|| drop(tokio::time::sleep(Duration::ZERO))).is_err() {
        return Err("the tokio runtime here has no timers: it needs `enable_time` or `enable_all`");
    }
    let socket = UdpSocket::bind("127.0.0.1:0").and_then(|socket| socket.set_nonblocking(true).map(|()| socket));
    // Without a socket to try it with, there is nothing to be said of it.
    let Ok(socket) = socket else { return Ok(()) };
    if catch_unwind(|| drop(tokio::net::UdpSocket::from_std(socket))).is_err() {
        return Err("the tokio runtime here has no I/O: it needs `enable_io` or `enable_all`");
    }
    Ok(())
}
