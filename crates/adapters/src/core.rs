//! Core banks: what stands behind [`CoreBank`](bankside_service::ports::CoreBank).

pub mod sandbox;
