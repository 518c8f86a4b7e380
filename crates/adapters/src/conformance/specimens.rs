//! The operators that the kit knows, one file each.

mod graph;
mod kannel;
mod matrix;
mod messenger;
mod telegram;
mod whatsapp;

use super::specimen::Specimen;

/// All of them, by name.
pub(super) static ALL: &[&dyn Specimen] = &[
    &kannel::Kannel,
    &matrix::Matrix,
    &messenger::Messenger,
    &telegram::Telegram,
    &whatsapp::WhatsApp,
];
