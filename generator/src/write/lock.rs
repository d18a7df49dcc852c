//! Keeps runs on one directory apart.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::WriteError;

/// How long another run is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// While it stands, no run writes to the directory but the one that holds it. It ends with its process, however that
/// ends.
///
/// It is the directory itself that is locked, so that nothing is left to clean up. Where directories or files cannot be
/// locked (Windows, some network file systems), two runs at once are not kept apart.
///
/// Another run is short, so it is waited for; and a lock outlives its file for a moment in a process that is just being
/// started by this one.
pub(super) struct Lock {
    /// `None` where there is nothing to lock, or no way to.
    _directory: Option<File>,
}

impl Lock {
    /// For a run that writes.
    pub(super) fn alone(directory: &Path) -> Result<Self, WriteError> {
        Self::with(directory, File::try_lock)
    }

    /// For a run that only looks.
    pub(super) fn shared(directory: &Path) -> Result<Self, WriteError> {
        Self::with(directory, File::try_lock_shared)
    }

    fn with(directory: &Path, lock: fn(&File) -> Result<(), TryLockError>) -> Result<Self, WriteError> {
        // What is not a directory is refused later; to open a pipe would be to wait for somebody at its other end.
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
