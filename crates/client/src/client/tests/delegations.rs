//! The calls about acting for another.

use super::*;
use portal_contract::DelegationId;
use portal_contract::data_request::DataRequestKind;
use portal_contract::delegation::{
    DelegationAction, DelegationDecision, DelegationRole, DelegationToken, NewDelegation,
};

fn new() -> NewDelegation {
    NewDelegation {
        role: DelegationRole::Agent,
        email: "someone@example.com".to_owned(),
        kinds: vec![DataRequestKind::Access],
        categories: Vec::new(),
        until: None,
        text: None,
    }
}

fn token() -> DelegationToken {
    DelegationToken {
        token: "t1".to_owned(),
    }
}

fn decision() -> DelegationDecision {
    DelegationDecision {
        token: "t1".to_owned(),
        decision: DelegationAction::Accept,
    }
}

/// Each call once, as [`every_call`] has them.
pub(super) fn calls(called: &mut Vec<Called>) {
    let id: DelegationId = "dg1".parse().unwrap();
    let cursor: Cursor = "n2".parse().unwrap();
    calls! { called;
        "GET /v1/delegations?limit=50", Yes: |client| client.delegations(None);
        "POST /v1/delegations", Yes: |client| client.ask_to_act(&new(), &key());
        "GET /v1/delegations/dg1", Yes: |client| client.delegation(&id);
        "GET /v1/delegations/dg1/events?limit=50&cursor=n2", Yes: |client| client.delegation_events(&id, Some(&cursor));
        "POST /v1/delegations/dg1/accept", Yes: |client| client.accept_delegation(&id, &key());
        "POST /v1/delegations/dg1/refuse", Yes: |client| client.refuse_delegation(&id, &key());
        "POST /v1/delegations/dg1/revoke", Yes: |client| client.revoke_delegation(&id, &key());
        "POST /v1/delegations/dg1/give-up", Yes: |client| client.give_up_delegation(&id, &key());
        "POST /v1/delegations/link", Yes: |client| client.delegation_link(&token());
        "POST /v1/delegations/link/decision", Yes: |client| client.decide_by_link(&decision());
        // In another's name: what is about data requests, and nothing else.
        "GET /v1/data-requests?limit=50&on_behalf=dg1", Yes: |client| client.on_behalf(&id).data_requests(None);
        "GET /v1/data-requests/options?on_behalf=dg1", Yes: |client| client.on_behalf(&id).data_request_options();
        "GET /v1/me", Yes: |client| client.on_behalf(&id).me();
    }
}
