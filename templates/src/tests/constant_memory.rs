//! The memory of streams, whatever their length.
//!
//! Each case runs in a separate process, since only the peak of a process can be measured. A GiB in each direction, by
//! hand: `STREAM_MIB=1024 cargo test --release -p templates --all-features constant_memory -- --nocapture`.

use super::peer::{Peer, client, serve};
use crate::{Body, Error, FilePart, Operation, Request};
use http::Method;
use std::io::{self, Read as _};
use std::net::SocketAddr;
use std::process::Command;
use std::time::Instant;

static GET_FILE: Operation = Operation::new("GetFile", Method::GET, "/file", true);
static PUT_FILE: Operation = Operation::new("PutFile", Method::PUT, "/file", true);

/// The maximum memory of a process, whatever the length of its streams, in MiB.
const MOST: u64 = 24;

/// The variable with the length of the streams, in MiB.
const LENGTH: &str = "STREAM_MIB";
/// Set in the process that runs a case.
const CHILD: &str = "STREAM_CHILD";

fn length() -> u64 {
    std::env::var(LENGTH).ok().and_then(|mib| mib.parse().ok()).unwrap_or(64)
}

/// Runs a case in a separate process, and checks its peak.
fn case(name: &str, carry: impl FnOnce(u64)) {
    if peak().is_none() {
        return; // … only Linux reports the peak
    }
    if std::env::var_os(CHILD).is_none() {
        let test = format!("tests::constant_memory::{name}");
        let mut child = Command::new(std::env::current_exe().unwrap());
        let output = child.args(["--exact", &test, "--nocapture"]).env(CHILD, "1").output().unwrap();
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
        let figures = printed.lines().find(|line| line.starts_with(name)).expect("it says what it took");
        println!("{figures}");
        return;
    }
    let (length, begun) = (length(), Instant::now());
    carry(length << 20);
    let peak = peak().unwrap_or_default() >> 10;
    println!("\n{name}: {length} MiB in {:.1} s, {peak} MiB at the peak", begun.elapsed().as_secs_f64());
    assert!(peak < MOST, "{peak} MiB");
}

/// The peak memory of the process, in KiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

/// Serves this many bytes, and receives as many.
fn server(length: u64) -> SocketAddr {
    serve(move |mut peer: Peer| {
        loop {
            let head = peer.head()?;
            if head.starts_with("get") {
                peer.write(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"))?;
                peer.pour(length)?;
            } else {
                let sent = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
                let sent = sent.parse().expect("a number");
                // The body, or a file between the other parts of a multipart body.
                assert!((length..length + 300).contains(&sent), "{head}");
                peer.swallow(sent)?;
                peer.write("HTTP/1.1 204 No Content\r\n\r\n")?;
            }
        }
    })
}

fn upload(length: u64) -> Request {
    let body = Body::from_reader(io::repeat(b'x').take(length)).with_length(length);
    Request::new(&PUT_FILE).bytes("application/octet-stream", Some(&body))
}

fn run<T>(future: impl Future<Output = Result<T, Error>>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(future).unwrap()
}

#[test]
fn receiving() {
    case("receiving", |length| {
        let client = client(server(length)).build().unwrap();
        let taken = run(async {
            let mut stream = client.send_streamed(Request::new(&GET_FILE)).await?.into_body();
            let mut taken = 0;
            while let Some(chunk) = stream.try_next().await? {
                taken += chunk.len() as u64;
            }
            Ok(taken)
        });
        assert_eq!(taken, length);
    });
}

#[test]
fn sending() {
    case("sending", |length| {
        let client = client(server(length)).build().unwrap();
        run(client.send_empty(upload(length)));
    });
}

#[test]
fn sending_in_parts() {
    case("sending_in_parts", |length| {
        let file = FilePart::new(Body::from_reader(io::repeat(b'x').take(length)).with_length(length));
        let client = client(server(length)).build().unwrap();
        run(client.send_empty(Request::new(&PUT_FILE).multipart().file("text/plain", "file", Some(&file))));
    });
}

#[cfg(feature = "blocking")]
#[test]
fn waiting_for_both() {
    case("waiting_for_both", |length| {
        let client = client(server(length)).blocking().build().unwrap();
        client.send_empty(upload(length)).unwrap();
        let mut stream = client.send_streamed(Request::new(&GET_FILE)).unwrap().into_body();
        assert_eq!(io::copy(&mut stream, &mut io::sink()).unwrap(), length);
    });
}
