//! The sources of streams in requests: files, readers, and failures.

use super::*;
use crate::{Effect, TransportErrorKind};
use std::io::{Read, Seek as _, SeekFrom, Write as _};
use std::sync::mpsc::Sender;

#[tokio::test]
async fn the_rest_of_a_file_is_sent() {
    let path = std::env::temp_dir().join(format!("streams-{}", std::process::id()));
    let mut file = std::fs::File::options().read(true).write(true).create(true).truncate(true).open(&path).unwrap();
    file.write_all(&[b'x'; 200_000]).unwrap();
    file.write_all(b"end").unwrap();
    file.seek(SeekFrom::Start(5)).unwrap();
    let body = Body::from(file.try_clone().unwrap());
    assert_eq!(body.length(), Some(199_998));
    // Later additions are not sent.
    std::fs::File::options().append(true).open(&path).unwrap().write_all(b" and more").unwrap();
    let (builder, seen) = recorder(OK);
    send(&builder.build().unwrap(), &PUT_FILE, body).await.unwrap();
    let (head, body) = seen.recv_timeout(PATIENCE).unwrap();
    assert!(head.contains("content-length: 199998"), "{head}");
    assert!(body.ends_with("xend"));
    std::fs::remove_file(&path).unwrap();
    #[cfg(target_os = "linux")]
    assert_eq!(Body::from(std::fs::File::open("/proc/self/status").unwrap()).length(), None);
}

#[tokio::test]
async fn a_stream_that_fails_is_an_error_of_the_request() {
    let broken = || Chunks([Ok(Bytes::from_static(b"ab")), Err(io::Error::other("disk on fire"))].into());
    let address = serve(|mut peer| peer.closed());
    let client = client(address).retry(RetryPolicy::default()).build().unwrap();
    for (body, reason) in [
        (Body::from_stream(broken()), "disk on fire"),
        (
            Body::from_stream(chunks(&["a", "b"])).with_length(3),
            "the stream has 2 bytes, not the 3 that were announced",
        ),
        (Body::from_stream(chunks(&["ab", "c"])).with_length(1), "at least 2 bytes, not the 1 that were announced"),
        (Body::from_reader((&b"ab"[..]).chain(Panics)), "the reader panicked"),
    ] {
        let error = send(&client, &POST_FILE, body).await.unwrap_err();
        let cause = error.transport_error().unwrap();
        assert_eq!(
            (cause.kind(), error.effect()),
            (TransportErrorKind::RequestBody, Effect::Unknown),
            "{reason}: {error}"
        );
        assert!(error.to_string().contains("PostFile: the body to be sent could not be read ("), "{error}");
        assert!(error.to_string().contains(reason), "{error}");
        assert_eq!(error.attempts(), 1);
    }
}

/// A reader that panics.
struct Panics;

impl Read for Panics {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        panic!("on purpose")
    }
}

#[test]
fn a_reader_ends_with_its_body() {
    struct Watched(Sender<()>);
    impl Read for Watched {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            Ok(buffer.len())
        }
    }
    impl Drop for Watched {
        fn drop(&mut self) {
            let _ = self.0.send(());
        }
    }
    let (ended, end) = channel();
    let mut body = Body::from_reader(Watched(ended));
    let mut context = Context::from_waker(std::task::Waker::noop());
    while Pin::new(&mut body).poll_next(&mut context).is_pending() {
        std::thread::yield_now();
    }
    assert!(end.recv_timeout(Duration::from_millis(50)).is_err());
    drop(body);
    end.recv_timeout(PATIENCE).unwrap();
}
