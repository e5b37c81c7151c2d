using System.Globalization;

namespace Trading.Log.Evidence;

/// <summary>How to check the evidence, in the words of whoever holds it.</summary>
internal static class EvidenceReadme
{
    public static string Of(Guid procedureId, string origin, long size, int events, int unpublished) => string.Create(CultureInfo.InvariantCulture, $$"""
        # 项目存证 Evidence for procedure {{procedureId}}

        {{events}} events, {{unpublished}} of them not yet in a signed checkpoint. The log is `{{origin}}`, its checkpoint here has {{size}} entries.

        | file | content |
        |---|---|
        | `checkpoint` | the signed head of the log (C2SP tlog-checkpoint) |
        | `keys` | the keys that sign it, one a line; compare them with what the log told you before |
        | `entry/N` | the bytes at position N of the log |
        | `proof/N` | the proof that they stand there (C2SP tlog-proof) |
        | `event/N.json` | the event as it was recorded, with who recorded it, for whom and why |
        | `opening/N.metadata`, `opening/N.commitment` | what opens the digest of that name in `entry/N` (RFC 9901): base64url of salt, name and value |
        | `_sd` in `entry/N` | digests in the place of contacts, persons in office and the original wording |
        | `member/N` | what opens them, one a line, in the same form; what was erased is missing |
        | `notice/N.json` | what the notice states, where it is too long for the entry, which then holds its length and SHA-256 |
        | `unpublished/ID.json` | events of the last moments; ask again for their proofs |

        What is in here beside `entry`, `proof`, `checkpoint` and `keys` may not be public.

        ## Each entry stands in the log

        With the code of the Go checksum database (`tests/independent/tlog` of the service's sources):

        ```
        for entry in entry/*; do tlog receipt "$(head -n 1 keys)" "proof/${entry#entry/}" "$entry" || echo "$entry: refused"; done
        ```

        ## What was not public is what was committed to

        The digest made of each opening stands in its entry:

        ```
        for opening in opening/*; do
          entry=${opening#opening/}
          grep -q "\"${entry#*.}\":\"$(openssl dgst -sha256 -binary "$opening" | basenc --base64url | tr -d =)\"" "entry/${entry%.*}" || echo "$opening: refused"
        done
        ```

        `basenc --base64url -d` shows what an opening says, once its length is filled up with `=`.

        ## Persons and wordings are what was committed to

        ```
        for file in member/*; do
          n=${file#member/}
          while read -r member; do
            digest=$(printf %s "$member" | openssl dgst -sha256 -binary | basenc --base64url | tr -d =)
            { cat "entry/$n" "notice/$n.json"; basenc --base64url -d "opening/$n.commitment"; } 2>/dev/null | grep -q "\"$digest\"" || echo "$file: refused"
          done < "$file"
        done
        ```

        ## Long notices are what their entries say

        ```
        for notice in notice/*.json; do
          [ -e "$notice" ] || break
          grep -q "\"sha256\":\"$(openssl dgst -sha256 -r "$notice" | cut -d ' ' -f 1)\"" "entry/$(basename "$notice" .json)" || echo "$notice: refused"
        done
        ```

        ## The log still continues this checkpoint

        With the service's own program, on a copy of the log's files:

        ```
        ops/verify --key "$(head -n 1 keys)" --older checkpoint DIRECTORY
        ```

        Nothing printed after `refused`, and `all in order` at the end, mean that all of this is as it was when the checkpoint was signed.

        """);
}
