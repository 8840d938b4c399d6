"""A passkey in software: what a phone's chip does, for tests."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, CREATED = 0x01, 0x04, 0x40


class Authenticator:
    """One key for one site; `verifies` is False for a device that asks for no finger, face or code."""

    def __init__(self, site: str = "portal.test", *, verifies: bool = True, counts: bool = True) -> None:
        self.id = secrets.token_bytes(32)
        self.count = 0
        self._counts = counts
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._site = site
        self._flags = PRESENT | (VERIFIED if verifies else 0)

    def make(self, options: dict[str, Any], origin: str = "http://portal.test") -> dict[str, Any]:
        """What the browser answers to registration options."""
        described = self.id
        point = self._key.public_key().public_numbers()
        public = cbor2.dumps(
            {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        )
        data = self._data(CREATED) + bytes(16) + len(described).to_bytes(2, "big") + described + public
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = _client_data("webauthn.create", options["challenge"], origin)
        return self._credential(clientDataJSON=client, attestationObject=attested, transports=["internal"])

    def sign(self, options: dict[str, Any], origin: str = "http://portal.test") -> dict[str, Any]:
        """What the browser answers to sign-in options."""
        self.count += self._counts
        client = _client_data("webauthn.get", options["challenge"], origin)
        data = self._data(0)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, flags: int) -> bytes:
        site = hashlib.sha256(self._site.encode()).digest()
        return site + bytes([self._flags | flags]) + self.count.to_bytes(4, "big")

    def _credential(self, transports: list[str] | None = None, **response: bytes) -> dict[str, Any]:
        told: dict[str, Any] = {name: bytes_to_base64url(value) for name, value in response.items()}
        if transports:
            told["transports"] = transports
        name = bytes_to_base64url(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": told,
            "clientExtensionResults": {},
        }


def _client_data(kind: str, challenge: str, origin: str) -> bytes:
    assert base64url_to_bytes(challenge)
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()
