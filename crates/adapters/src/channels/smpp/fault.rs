//! What a `command_status` means. SMPP 3.4, section 5.1.3.

use bankside_service::ports::SendError;
use rusmpp::CommandStatus;

pub(super) fn later(why: &str) -> SendError {
    SendError::Later { after_millis: None, why: why.to_owned() }
}

pub(super) fn refused(why: &str) -> SendError {
    SendError::Refused { why: why.to_owned() }
}

/// Why a message was not taken. An invalid destination is refused, and she does not count as gone: a
/// wrong `ton` in the configuration is answered so too, for everybody.
pub(super) fn of_message(status: u32) -> SendError {
    use CommandStatus::*;
    match CommandStatus::from(status) {
        EsmeRthrottled => later("ESME_RTHROTTLED: fewer messages"),
        EsmeRmsgqful => later("ESME_RMSGQFUL: its queue is full"),
        EsmeRsyserr => later("ESME_RSYSERR: it has a fault of its own"),
        EsmeRxTAppn => later("ESME_RX_T_APPN: not now"),
        EsmeRinvbndsts => later("ESME_RINVBNDSTS: the session is over"),
        EsmeRxPAppn => {
            let why = "ESME_RX_P_APPN: nothing more to this number".to_owned();
            SendError::Gone { why }
        }
        EsmeRinvdstadr => refused("ESME_RINVDSTADR: no such number there"),
        EsmeRinvsrcadr => refused("ESME_RINVSRCADR: not our sender"),
        EsmeRinvmsglen => refused("ESME_RINVMSGLEN: too long"),
        EsmeRsubmitfail => refused("ESME_RSUBMITFAIL"),
        _ => refused(&format!("command_status {status:#010x}")),
    }
}

/// Why the SMSC does not let us in.
pub(super) fn of_bind(status: u32) -> SendError {
    use CommandStatus::*;
    match CommandStatus::from(status) {
        EsmeRinvpaswd => refused("ESME_RINVPASWD: it has another password"),
        EsmeRinvsysid => refused("ESME_RINVSYSID: it has no such system_id"),
        EsmeRbindfail => refused("ESME_RBINDFAIL: it does not know us"),
        EsmeRinvsystyp => refused("ESME_RINVSYSTYP: it wants another system_type"),
        EsmeRinvcmdid => refused("ESME_RINVCMDID: it has no transceivers"),
        EsmeRalybnd => later("ESME_RALYBND: another session of ours stands"),
        EsmeRthrottled => later("ESME_RTHROTTLED: fewer tries"),
        EsmeRsyserr => later("ESME_RSYSERR: it has a fault of its own"),
        _ => refused(&format!("command_status {status:#010x}")),
    }
}
