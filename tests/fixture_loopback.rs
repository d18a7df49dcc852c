//! Shared code for fixtures' `behaviour.rs` that use HTTP: the server of the other suites, on loopback.

#[path = "src/server/mod.rs"]
#[allow(dead_code, reason = "other suites need more of it")]
mod server;

pub use self::server::{Answer, Server};

/// Creates a server that sends one response to every request, and a client that uses it with the default transport.
/// Additional calls of the builder come last. For use within [`over_http`].
macro_rules! served {
    ($library:ident, $answer:expr $(, $setter:ident($value:expr))*) => {{
        let answer: $crate::loopback::Answer = $answer;
        let server = $crate::loopback::Server::answering(move |_| answer.clone());
        let builder = $library::Client::builder().base_url(server.url())$(.$setter($value))*;
        (builder.build().expect("it has what it needs"), server)
    }};
}
pub(crate) use served;

/// Runs a future that does I/O.
pub fn over_http<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("there are timers and sockets").block_on(future)
}
