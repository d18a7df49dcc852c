//! The memory of a key: the header shares it, so that wiping the owner wipes all of it.

use crate::runtime::client::auth::secret::{header_over, wiped};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use zeroize::ZeroizeOnDrop;

/// Text that records when it is dropped, which is when a real key is wiped.
struct Noted(&'static str, Arc<AtomicBool>);

impl AsRef<[u8]> for Noted {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl Drop for Noted {
    fn drop(&mut self) {
        self.1.store(true, Ordering::SeqCst);
    }
}

impl ZeroizeOnDrop for Noted {}

#[test]
fn a_key_is_wiped_with_the_last_header_that_carries_it() {
    const KEY: &str = "0a1b2c3d4e5f";
    let is_wiped = Arc::new(AtomicBool::new(false));
    let header = header_over(&wiped(Noted(KEY, Arc::clone(&is_wiped)))).expect("a header can carry it");
    assert!(header.is_sensitive());
    assert_eq!(header.as_bytes().as_ptr(), KEY.as_ptr(), "the header is over the owner's memory");
    let sent = header.clone();
    assert_eq!(sent.as_bytes().as_ptr(), KEY.as_ptr(), "and so is each clone that goes with a request");
    drop(header);
    assert!(!is_wiped.load(Ordering::SeqCst), "it is still needed");
    drop(sent);
    assert!(is_wiped.load(Ordering::SeqCst));
}
