//! Components: each is a struct of plain values that renders itself (`maud::Render`).
//!
//! Invariants: every visible word is passed in, already translated; no component writes an inline
//! style or script; directions are logical, and a foreign or left-to-right piece of text is
//! isolated (`text`); everything works as plain HTML, scripts only add to it.

pub mod accent;
pub mod account;
pub mod button;
pub mod chart;
pub mod chat;
pub mod disclosure;
pub mod form;
pub mod icon;
pub mod list;
pub mod nav;
pub mod notice;
pub mod page;
pub mod table;
pub mod text;
