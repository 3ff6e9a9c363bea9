//! Sending a code: the one way, whatever the code is to prove.

use super::asker::Asker;
use super::challenge::{self, Issued, Purpose, Wanted};
use super::devices;
use super::store::Token;
use crate::http::state::{AppState, SessionId};
use crate::http::{ApiError, ApiResult};
use crate::mail::{CodeMail, CodePurpose};
use crate::store::customers::{self, CustomerId};
use crate::store::time::Moment;
use axum::Json;
use axum::http::StatusCode;
use portal_contract::session::Challenge;
use rusqlite::Connection;

/// Who wants one.
pub(super) enum Wish {
    /// Somebody who says that this is their address.
    SignIn {
        address: String,
        device: Option<Token>,
        network: String,
    },
    /// The customer of this session, to the address that they sign in with.
    StepUp(SessionId, CustomerId),
}

impl Wish {
    fn mail(&self) -> CodePurpose {
        match self {
            Self::SignIn { .. } => CodePurpose::SignIn,
            Self::StepUp(..) => CodePurpose::StepUp,
        }
    }

    /// The wish as it is counted and kept.
    fn wanted(self, tx: &Connection, now: Moment) -> ApiResult<Wanted> {
        match self {
            Self::SignIn {
                address,
                device,
                network,
            } => {
                let recipient = challenge::recipient(tx, &address)?;
                let device = match device {
                    Some(token) if devices::knows(tx, &token, recipient.customer(), now)? => {
                        Some(token.hash())
                    }
                    _ => None,
                };
                Ok(Wanted {
                    purpose: Purpose::SignIn,
                    asker: device.map_or(Asker::Stranger(network), Asker::Device),
                    recipient,
                })
            }
            Self::StepUp(session, customer) => {
                // Without an address there is no other proof than signing in again.
                let address = customers::login_address(tx, &customer)?
                    .ok_or_else(ApiError::unauthenticated)?;
                Ok(Wanted {
                    purpose: Purpose::StepUp(session),
                    asker: Asker::Session(session.0),
                    recipient: challenge::recipient(tx, &address)?,
                })
            }
        }
    }
}

/// Sends a code, or would, and says how to answer with it.
pub(super) async fn send(
    state: &AppState,
    wish: Wish,
    locale: Option<String>,
) -> ApiResult<(StatusCode, Json<Challenge>)> {
    let purpose = wish.mail();
    let (secrets, config, now) = (
        state.secrets.clone(),
        state.config.clone(),
        state.clock.now(),
    );
    let Issued { challenge, mail } = state
        .store
        .transact(move |tx| {
            let wanted = wish.wanted(tx, now)?;
            challenge::issue(tx, &secrets, &config.sign_in, &wanted, now)
        })
        .await?;
    if let Some((code, to)) = mail {
        state.mailer.send_code(CodeMail {
            to,
            locale,
            code,
            purpose,
        });
    }
    Ok((StatusCode::ACCEPTED, Json(challenge)))
}
