//! The log changes its signing key, on both databases, and who knows the first alone follows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    clippy::print_stderr,
    missing_docs
)]

mod house;

use bankside_service::commit::CommitError;
use bankside_service::log::{LogError, LogFilter, PublishError, RotateError};
use bankside_service::sign_in::SignedIn;
use bankside_transparency::checkpoint::Checkpoint;
use bankside_transparency::hash::Hash256;
use bankside_transparency::keyset::{LogKeys, OpenError, RotationError, rotation};
use bankside_transparency::receipt::{LogProof, LogProofError};
use bankside_transparency::verify::{ExportFinding, Trust, verify_export};
use house::{FIRST, House, ORIGIN, log_key, tell};

/// Trust of somebody who knows one key and nothing else.
fn knowing(seed: u8) -> Trust {
    Trust::in_keys(LogKeys::new(ORIGIN, log_key(seed).verifier()).unwrap())
}

async fn findings(house: &House, who: &SignedIn, seed: u8) -> Vec<ExportFinding> {
    let export = house.service.log.export(&who.owner).await.unwrap();
    verify_export(&export, &knowing(seed)).findings
}

/// The receipt of her newest entry, verified by somebody who knows that key alone.
async fn receipt(house: &House, who: &SignedIn, seed: u8) -> Result<(), LogProofError> {
    let log = &house.service.log;
    let newest = log.search(&who.owner, &LogFilter::default(), i64::MAX, 1).await.unwrap();
    let proof = log.proof(&who.owner, &newest.entries[0].receipt).await.unwrap();
    let proof = LogProof::parse(proof.as_bytes()).unwrap();
    proof.verify_opening(&knowing(seed).keys, &[], 0).map(drop)
}

#[tokio::test]
async fn who_knows_the_first_key_follows_and_the_old_one_signs_no_more() {
    tell(
        async |house| {
            let who = house.sign_in().await;
            let log = house.service.log.clone();
            let empty = log.rotate(log_key(10)).await;
            assert!(matches!(empty, Err(CommitError::Refused(RotateError::Empty))), "{empty:?}");
            house.allow(&who).await;
            let size = log.publish().await.unwrap().unwrap();
            let before = log.checkpoint().await.unwrap().unwrap();
            assert_eq!(log.rotate(log_key(10)).await.unwrap(), size);
            house.allow(&who).await;
            let refused = log.publish().await;
            assert!(
                matches!(refused, Err(CommitError::Refused(PublishError::Rotated))),
                "{refused:?}"
            );

            let house = house.again_as(10).await;
            let log = house.service.log.clone();
            assert_eq!(log.first_key().await.unwrap(), log_key(FIRST).verifier());
            assert_eq!(findings(&house, &who, FIRST).await, [], "under the checkpoint of both");
            let again = log.rotate(log_key(11)).await;
            assert!(matches!(again, Err(CommitError::Refused(RotateError::Again))), "{again:?}");
            log.publish().await.unwrap().unwrap();
            log.rotate(log_key(11)).await.unwrap();
            let house = house.again_as(11).await;
            house.allow(&who).await;
            let log = house.service.log.clone();
            let size = log.publish().await.unwrap().unwrap();

            assert_eq!(log.export(&who.owner).await.unwrap().rotations.len(), 2);
            assert_eq!(findings(&house, &who, FIRST).await, []);
            receipt(&house, &who, FIRST).await.unwrap();
            let newest = log.search(&who.owner, &LogFilter::default(), i64::MAX, 1).await.unwrap();
            let checked = log.check(&who.owner, &newest.entries[0].receipt).await.unwrap();
            assert!(checked.holds(), "{:?}", checked.findings);
            let keys = log.keys().await.unwrap();
            keys.open(before.as_bytes()).unwrap();
            // A thief of the first key forks the log: it may not sign for such a size any more.
            let forged = Checkpoint::new(ORIGIN, size + 1, Hash256([3; 32])).unwrap();
            let forged = forged.sign(&[&log_key(FIRST)]).unwrap();
            let refused = keys.open(forged.to_string().as_bytes());
            assert!(matches!(refused, Err(OpenError::WrongKeyForSize { .. })), "{refused:?}");
            let wrong = findings(&house, &who, 11).await;
            assert!(
                matches!(wrong[0], ExportFinding::Rotation { number: 1, .. }),
                "only the first key leads on: {wrong:?}"
            );
            house
        },
        "service_rotation",
    )
    .await;
}

#[tokio::test]
async fn a_forged_rotation_is_refused() {
    tell(
        async |house| {
            let who = house.sign_in().await;
            house.allow(&who).await;
            let log = house.service.log.clone();
            let size = log.publish().await.unwrap().unwrap();
            log.rotate(log_key(10)).await.unwrap();
            let house = house.again_as(10).await;
            let log = house.service.log.clone();
            log.keys().await.unwrap();
            // Somebody who can write to the database, and holds neither key.
            let forged = rotation(ORIGIN, size, &log_key(66), &log_key(10)).unwrap().to_string();
            let mut tx = house.service.store.begin().await.unwrap();
            let sql = "UPDATE log_rotation SET note = $1";
            tx.run_one(sql, &[forged.as_str().into()]).await.unwrap();
            tx.commit().await.unwrap();
            let refused = log.keys().await;
            assert!(matches!(refused, Err(LogError::Keys(_))), "{refused:?}");
            let wrong = findings(&house, &who, FIRST).await;
            let forged = ExportFinding::Rotation { number: 1, why: RotationError::OldKey };
            assert_eq!(wrong.first(), Some(&forged));
            let refused = receipt(&house, &who, FIRST).await.unwrap_err();
            assert!(matches!(refused, LogProofError::Rotation { number: 1, .. }), "{refused:?}");
            house
        },
        "service_forged_rotation",
    )
    .await;
}
