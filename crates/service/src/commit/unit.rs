//! One unit of work inside the shared transaction.

use bankside_store::{StoreError, Tx, log};
use bankside_transparency::hash::Hash256;
use bankside_transparency::leaf::Leaf;
use bankside_transparency::tree::Frontier;

/// A unit's view of the shared transaction: the database, and the end of the log.
#[derive(Debug)]
pub struct Unit<'t> {
    /// The transaction. Never commit or roll it back: that is the writer's.
    pub tx: &'t mut Tx,
    tail: &'t Frontier,
    staged: &'t mut Vec<Hash256>,
}

impl<'t> Unit<'t> {
    pub(super) fn new(tx: &'t mut Tx, tail: &'t Frontier, staged: &'t mut Vec<Hash256>) -> Self {
        Self { tx, tail, staged }
    }

    /// Index that the next leaf will have.
    ///
    /// # Errors
    /// [`StoreError::Shape`] past 2^63 leaves.
    pub fn next_index(&self) -> Result<i64, StoreError> {
        let staged = u64::try_from(self.staged.len()).map_err(|_| StoreError::Shape)?;
        i64::try_from(self.tail.size() + staged).map_err(|_| StoreError::Shape)
    }

    /// Appends a leaf; says at which index.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn append(&mut self, leaf: Leaf) -> Result<i64, StoreError> {
        let index = self.next_index()?;
        log::append_leaf(self.tx, index, &leaf.to_bytes()).await?;
        self.staged.push(leaf.hash());
        Ok(index)
    }

    /// Size and root of the log with everything appended so far.
    ///
    /// # Errors
    /// [`StoreError::Shape`] past the largest tree.
    pub fn root(&self) -> Result<(u64, Hash256), StoreError> {
        let mut ahead = self.tail.clone();
        ahead.append(self.staged).map_err(|_| StoreError::Shape)?;
        Ok((ahead.size(), ahead.root()))
    }
}
