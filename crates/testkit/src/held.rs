//! Data keys that arrive when a test wants: a key service that dawdles.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use bankside_service::keys::{DataKey, KeyError, KeyWrapping, LocalMaster};

use crate::faulty::Gate;

/// A master key whose unwrapping can be held up once.
#[derive(Debug)]
pub struct HeldKeys {
    inner: LocalMaster,
    held: Mutex<Option<(String, usize, Gate)>>,
}

impl HeldKeys {
    /// Over a real one; nothing is held at first.
    pub fn new(inner: LocalMaster) -> Self {
        Self { inner, held: Mutex::new(None) }
    }

    /// Holds up one unwrapping for a subject that begins so, after `skip` others.
    pub fn hold(&self, subject: &str, skip: usize, gate: Gate) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        *held = Some((subject.to_owned(), skip, gate));
    }

    fn gate(&self, subject: &str) -> Option<Gate> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *held {
            Some((wanted, skip, _)) if subject.starts_with(wanted.as_str()) => {
                if *skip == 0 {
                    return held.take().map(|(_, _, gate)| gate);
                }
                *skip -= 1;
                None
            }
            _ => None,
        }
    }
}

#[async_trait]
impl KeyWrapping for HeldKeys {
    fn generation(&self) -> i64 {
        self.inner.generation()
    }

    async fn wrap(&self, subject: &str, key: &DataKey) -> Result<Vec<u8>, KeyError> {
        self.inner.wrap(subject, key).await
    }

    async fn unwrap(
        &self,
        subject: &str,
        generation: i64,
        wrapped: &[u8],
    ) -> Result<DataKey, KeyError> {
        if let Some(gate) = self.gate(subject) {
            gate.pass().await;
        }
        self.inner.unwrap(subject, generation, wrapped).await
    }
}
