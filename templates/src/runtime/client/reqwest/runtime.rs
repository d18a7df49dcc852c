//! Whether the runtime around a call can carry it. tokio panics where it cannot, so it is asked before.

use super::failure::Failure;
use std::net::UdpSocket;
use std::panic::catch_unwind;
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::runtime::{Handle, Id};

/// The runtime around this call, if it is not over.
pub(super) fn current() -> Result<Id, Failure> {
    let Ok(handle) = Handle::try_current() else {
        return Err(Failure::unusable("there is no tokio runtime here, which the default transport needs"));
    };
    if is_over(&handle) {
        return Err(Failure::unusable("the tokio runtime here has ended, which the default transport needs"));
    }
    Ok(handle.id())
}

/// A runtime that has ended takes a task only to cancel it at once.
fn is_over(handle: &Handle) -> bool {
    let mut task = handle.spawn(std::future::ready(()));
    // In a runtime of several threads the task may be done already.
    let outcome = std::pin::Pin::new(&mut task).poll(&mut Context::from_waker(Waker::noop()));
    matches!(outcome, Poll::Ready(Err(error)) if error.is_cancelled())
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
