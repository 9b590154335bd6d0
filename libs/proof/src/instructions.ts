/** What stands in every proof, for somebody who finds it without anything else. */
export const instructions = {
  ja: [
    'このファイルは、開示書の一つの版が、署名され公開されたとおりのものであることを、発行者に問い合わせずに確かめるための証明です。',
    '確かめ方：PDFとこのファイルを手元に置き、発行者から受け取ったプログラム kaijisho で kaijisho verify ファイル.pdf --proof proof.json --key 鍵の指紋 を実行するか、発行者の /verify のページにPDFを渡します。鍵の指紋は、このファイルではなく、発行者が公表しているものを使います。',
    '道具を使わない確かめ方：1. editionHash は edition の正規化JSON（RFC 8785）のSHA-256です。2. 各項目の bodyHash は body の、contentHash は {service, serviceName, title, issuer, editionNumber, historyText, causes, parts（本文の代わりに bodyHash）, waivers（あるときだけ）} の、それぞれ正規化JSONのSHA-256です。3. 各イベントの hash は、previousHash の文字列（ストリームの最初は空）に、event の正規化JSONを続けたもののSHA-256です。4. その hash が、seal 番の封印の index 番目の葉であることを、path と root で確かめます（RFC 6962 §2.1.1）。5. 封印の chain は、「kaijisho seal 1」と改行に、{batch, first, last, size, root, previous, keyId, sealedAt} の正規化JSONを続けたもののSHA-256で、signature は chain の32バイトへのEd25519の署名です。続いた番号の封印では、previous が直前の chain です。6. 鍵の id は、publicKey（SPKI DER）のSHA-256です。',
    'timeStamp は、seal 番の封印への時刻印（RFC 3161のトークン、DERのbase64）で、封印の chain がその時刻より前にあったことを示します。openssl ts -verify -digest CHAIN -in TOKEN -token_in -CAfile 認証局 でも確かめられます。ないときは、このファイルができた後に付いていることがあります。発行者のページの proof.json か kaijisho export --format proof で証明を取り直してください。PDFはそのまま使えます。',
    'events のversionが飛んでいるところには、この版の証明に要らないイベント（起草、相談など）があり、公開していません。',
  ].join('\n'),
  en: [
    'With this file you can check, without asking its issuer, that an edition of a disclosure is as it was signed and published.',
    "How: keep the PDF and this file, and run kaijisho verify FILE.pdf --proof proof.json --key FINGERPRINT with the program kaijisho, which the issuer gives you, or give the PDF to the issuer's page /verify. Take the fingerprint of the key from where its owner publishes it, not from here.",
    "By hand: 1. editionHash is the SHA-256 of the canonical JSON (RFC 8785) of edition. 2. bodyHash is that of an item's body; contentHash that of {service, serviceName, title, issuer, editionNumber, historyText, causes, parts (with bodyHash instead of body), waivers (only where there are any)}. 3. The hash of an event is the SHA-256 of the text of previousHash (nothing at the beginning of the stream) followed by the canonical JSON of event. 4. That hash is leaf number index of seal number seal, by path and root (RFC 6962 §2.1.1). 5. The chain of a seal is the SHA-256 of 'kaijisho seal 1', a line feed and the canonical JSON of {batch, first, last, size, root, previous, keyId, sealedAt}; signature is Ed25519 over the 32 bytes of chain; where numbers follow on one another, previous is the chain before. 6. The id of a key is the SHA-256 of publicKey (SPKI DER).",
    'timeStamp is a token of RFC 3161 (DER in base64) over the seal number seal: the chain of that seal existed before its time. openssl ts -verify -digest CHAIN -in TOKEN -token_in -CAfile AUTHORITY shows it too. Where it is missing it may have come after this file was made: fetch the proof anew, proof.json of the issuer or kaijisho export --format proof. The PDF stays as it is.',
    'Where versions are left out in events there are events that this edition does not need to be proven (drafting, comments and the like). They are not public.',
  ].join('\n'),
};
