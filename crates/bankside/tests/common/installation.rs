//! An installation with a conversation in it, made through a world.

use std::fs;
use std::path::PathBuf;

use bankside_store::{Schema, Store};
use bankside_testkit::world::{Database, ORIGIN, Recipe, log_key};
use bankside_testkit::{Actor, Grant, World};

/// An installation with a conversation in it, and its configuration.
pub struct Installation {
    pub folder: tempfile::TempDir,
    pub data: PathBuf,
    pub config: String,
    pub key: String,
}

/// The server that the tests' worlds use where it answers.
pub const SERVER: &str = "postgres://root@127.0.0.1:5432/test";

impl Installation {
    pub async fn new() -> Self {
        Box::pin(Self::on(&Database::Sqlite)).await
    }

    pub async fn on(database: &Database) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        fs::create_dir_all(data.join("keys")).unwrap();
        let mut world = World::open(&data, database.clone(), Recipe::default()).await;
        let mut maya = Actor::allowed(&world, 0, "web", Grant::all()).await;
        maya.asks("what's my balance?").await;
        maya.asks("last 3 payments").await;
        world.check().await;
        let export = world.service.log.export(&maya.owner().await).await.unwrap();
        fs::write(folder.path().join("export.json"), export.to_bytes().unwrap()).unwrap();
        let server = match database {
            Database::Sqlite => {
                world.end().await;
                fs::rename(data.join("keys.db"), data.join("keys/keys.db")).unwrap();
                String::new()
            }
            // To end a world on the server is to drop its schemas.
            Database::Postgres(name) => {
                drop(world);
                format!(
                    "[database]\nurl = \"{SERVER}\"\nschema = \"{name}_main\"\n\
                     [keys]\nurl = \"{SERVER}\"\nschema = \"{name}_keys\"\n"
                )
            }
        };
        let private = |name: &str, text: &str| {
            let path = data.join("keys").join(name);
            fs::write(&path, text).unwrap();
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
            fs::set_permissions(path, mode).unwrap();
        };
        private("master.key", &format!("bankside-master:1:{}\n", "5a".repeat(32)));
        let signer = log_key();
        private("log.key", &signer.to_text());
        let mark = r#"{"format":"bankside-data/v1","kind":"serve"}"#;
        fs::write(data.join("bankside.json"), mark).unwrap();
        let config = folder.path().join("bankside.toml");
        let text = format!(
            "data = {:?}\n[log]\norigin = \"{ORIGIN}\"\n[core]\nkind = \"sandbox\"\n{server}",
            data.to_str().unwrap()
        );
        fs::write(&config, text).unwrap();
        let config = config.to_str().unwrap().to_owned();
        Self { folder, data, config, key: signer.verifier().to_string() }
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Changes a database behind the program's back.
    pub async fn tamper(&self, sql: &'static str) {
        let store = Store::sqlite(&self.data.join("main.db"), Schema::Main).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        assert!(tx.run(sql, &[]).await.unwrap() > 0, "{sql}");
        tx.commit().await.unwrap();
        store.close().await;
    }
}
