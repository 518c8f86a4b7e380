//! What every operator does: lets her write, and answers the bank's calls.

use std::sync::Arc;

use async_trait::async_trait;
use bankside_service::ports::Channel;
use bytes::Bytes;
use http::{Request, StatusCode};
use serde_json::Value;

use crate::ground::Ground;
use crate::stage::{Entry, Stage};

/// A call of the bank's.
pub(crate) struct Call {
    pub(crate) method: String,
    /// Below what the operator is reached by, as it came.
    pub(crate) path: String,
    pub(crate) authorization: String,
    pub(crate) body: Bytes,
}

impl Call {
    /// The body as JSON; null where it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// A status and a body.
pub(crate) type Answer = (StatusCode, String);

/// What answers a call with JSON.
pub(crate) fn json(status: u16, body: &Value) -> Answer {
    (StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), body.to_string())
}

/// One operator, and her phone.
#[async_trait]
pub(crate) trait Operator: Send + Sync {
    fn stage(&self) -> &Stage;

    /// The bank's own adapter, with credentials that this operator made up.
    ///
    /// # Errors
    /// Why they do not suit: a defect.
    fn channel(&self) -> Result<Arc<dyn Channel>, String>;

    /// What the phone invites her to say.
    fn hints(&self) -> &'static [&'static str];

    /// She writes, or speaks.
    async fn says(&self, words: &str);

    /// She taps an answer.
    async fn taps(&self, data: &str);

    /// The bank calls.
    async fn called(&self, call: Call) -> Answer;
}

/// A delivery to the bank, recorded with its answer. `line` says it without credentials.
pub(crate) async fn delivers(
    ground: &Ground,
    stage: &Stage,
    line: &str,
    request: Request<Bytes>,
) -> Option<Value> {
    let body = serde_json::from_slice(request.body()).unwrap_or_default();
    let entry = Entry { by_bank: false, line: line.to_owned(), body, answer: None };
    let number = stage.records(entry);
    let (status, answer) = ground.deliver(&request).await;
    let answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
    stage.answered(number, status.as_u16(), answer.clone());
    status.is_success().then_some(answer)
}

/// A call of the bank's, recorded with its answer.
pub(crate) fn recorded(stage: &Stage, line: String, call: &Call, answer: Answer) -> Answer {
    let number = stage.records(Entry { by_bank: true, line, body: call.json(), answer: None });
    let body = serde_json::from_str(&answer.1).unwrap_or_default();
    stage.answered(number, answer.0.as_u16(), body);
    answer
}
