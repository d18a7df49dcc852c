//! What the fixtures' `behaviour.rs` share to go over HTTP: the server of the other suites, on loopback.

#[path = "src/server/mod.rs"]
#[allow(dead_code, reason = "other suites need more of it")]
mod server;

pub use self::server::{Answer, Server};

/// A server that gives one answer to every request, and a client that reaches it over the default transport. What the builder
/// needs besides comes last. To be used within [`over_http`].
macro_rules! served {
    ($library:ident, $answer:expr $(, $setter:ident($value:expr))*) => {{
        let answer: $crate::loopback::Answer = $answer;
        let server = $crate::loopback::Server::answering(move |_| answer.clone());
        let builder = $library::Client::builder().base_url(server.url())$(.$setter($value))*;
        (builder.build().expect("it has what it needs"), server)
    }};
}
pub(crate) use served;

/// Waits for what does I/O.
pub fn over_http<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("there are timers and sockets").block_on(future)
}
