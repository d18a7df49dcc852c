//! Prevents runs on one directory from overlapping.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::WriteError;

/// How long to wait for another run.
const PATIENCE: Duration = Duration::from_secs(2);

/// While it exists, no other run writes to the directory. It ends with its process, in every case.
///
/// The lock is on the directory itself, so that nothing is left to clean up. If directories or files cannot be locked
/// (on Windows and some network file systems), two runs can overlap.
///
/// Another run is short, so this one waits for it. A lock also outlives its file for a moment in a process that this
/// one is just starting.
pub(super) struct Lock {
    /// `None` if there is nothing to lock, or no lock is available.
    _directory: Option<File>,
}

impl Lock {
    /// For a run that writes.
    pub(super) fn alone(directory: &Path) -> Result<Self, WriteError> {
        Self::with(directory, File::try_lock)
    }

    /// For a run that only reads.
    pub(super) fn shared(directory: &Path) -> Result<Self, WriteError> {
        Self::with(directory, File::try_lock_shared)
    }

    fn with(directory: &Path, lock: fn(&File) -> Result<(), TryLockError>) -> Result<Self, WriteError> {
        // A path that is not a directory is rejected later; opening a pipe would wait for its other end.
        let Some(file) = directory.is_dir().then(|| File::open(directory).ok()).flatten() else {
            return Ok(Self { _directory: None });
        };
        let begun = Instant::now();
        loop {
            match lock(&file) {
                Ok(()) => return Ok(Self { _directory: Some(file) }),
                Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(10)),
                Err(TryLockError::WouldBlock) => return Err(WriteError::Busy(directory.to_owned())),
                Err(TryLockError::Error(_)) => return Ok(Self { _directory: None }),
            }
        }
    }
}
