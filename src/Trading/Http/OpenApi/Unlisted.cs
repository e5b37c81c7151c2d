using System.Text.Json.Nodes;

namespace Trading.Http.OpenApi;

/// <summary>What is answered outside FastEndpoints: health, the log's own resources, and the clock of the sandbox.</summary>
public static class Unlisted
{
    private const string Told = """
        {
          "paths": {
            "/health/live": {
              "get": {
                "tags": [ "Operation" ],
                "summary": "存活检查",
                "description": "The process answers.",
                "operationId": "getLiveness",
                "responses": {
                  "200": { "description": "It does.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Health" }, "example": { "status": "healthy", "parts": {} } } } },
                  "500": { "$ref": "#/components/responses/Internal" }
                },
                "security": []
              }
            },
            "/health/ready": {
              "get": {
                "tags": [ "Operation" ],
                "summary": "就绪检查",
                "description": "The service can record, and its lists are not far behind.",
                "operationId": "getReadiness",
                "responses": {
                  "200": { "description": "Ready, perhaps degraded.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Health" }, "example": { "status": "healthy", "parts": { "database": "healthy" } } } } },
                  "429": { "$ref": "#/components/responses/RateLimited" },
                  "500": { "$ref": "#/components/responses/Internal" },
                  "503": { "$ref": "#/components/responses/Unavailable" }
                },
                "security": []
              }
            },
            "/health/reading": {
              "get": {
                "tags": [ "Operation" ],
                "summary": "读取就绪检查",
                "description": "The service answers reads and its lists are not far behind, whether or not it can record at present.",
                "operationId": "getReadingReadiness",
                "responses": {
                  "200": { "description": "Ready for reads, perhaps degraded.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Health" }, "example": { "status": "healthy", "parts": { "database": "healthy" } } } } },
                  "429": { "$ref": "#/components/responses/RateLimited" },
                  "500": { "$ref": "#/components/responses/Internal" },
                  "503": { "$ref": "#/components/responses/Unavailable" }
                },
                "security": []
              }
            },
            "/log/checkpoint": {
              "get": {
                "tags": [ "Log" ],
                "summary": "日志检查点",
                "description": "The signed head of the log (C2SP tlog-checkpoint): its size, the root of its Merkle tree, our signature and those of witnesses. Its tiles are below `/log/tile/{level}/{index}`, its entries below `/log/tile/entries/{index}` (C2SP tlog-tiles), as files that never change.",
                "operationId": "getCheckpoint",
                "parameters": [ { "$ref": "#/components/parameters/If-None-Match" } ],
                "responses": {
                  "200": { "headers": { "ETag": { "$ref": "#/components/headers/ETag" } }, "description": "A signed note.", "content": { "text/plain": { "schema": { "type": "string" }, "example": "trading.local/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— trading.local/log 5mYc…\n" } } },
                  "404": { "$ref": "#/components/responses/NotFound" },
                  "304": { "$ref": "#/components/responses/NotModified" },
                  "429": { "$ref": "#/components/responses/RateLimited" },
                  "500": { "$ref": "#/components/responses/Internal" },
                  "503": { "$ref": "#/components/responses/Unavailable" }
                },
                "security": []
              }
            },
            "/log/sm3/checkpoint": {
              "get": {
                "tags": [ "Log" ],
                "summary": "国密日志检查点",
                "description": "The head of the tree that is kept with SM3 and signed with SM2 (GB/T 32905, GB/T 32918), where it is switched on; its tiles are below `/log/sm3/tile`.",
                "operationId": "getSm3Checkpoint",
                "parameters": [ { "$ref": "#/components/parameters/If-None-Match" } ],
                "responses": {
                  "200": { "headers": { "ETag": { "$ref": "#/components/headers/ETag" } }, "description": "A signed note.", "content": { "text/plain": { "schema": { "type": "string" }, "example": "trading.local/log/sm3\n0\nGrIdg1XPoX+OYRlIMegajyK+yMco/vt0ftFA161CCqI=\n\n— trading.local/log/sm3 AbCd…\n" } } },
                  "404": { "$ref": "#/components/responses/NotFound" },
                  "304": { "$ref": "#/components/responses/NotModified" },
                  "429": { "$ref": "#/components/responses/RateLimited" },
                  "500": { "$ref": "#/components/responses/Internal" },
                  "503": { "$ref": "#/components/responses/Unavailable" }
                },
                "security": []
              }
            },
            "/log/keys": {
              "get": {
                "tags": [ "Log" ],
                "summary": "日志公钥",
                "description": "The keys that sign checkpoints, one a line (C2SP signed-note verifier keys).",
                "operationId": "getLogKeys",
                "parameters": [ { "$ref": "#/components/parameters/If-None-Match" } ],
                "responses": {
                  "200": { "headers": { "ETag": { "$ref": "#/components/headers/ETag" } }, "description": "Verifier keys.", "content": { "text/plain": { "schema": { "type": "string" }, "example": "trading.local/log+e6661c2f+AT0y…\n" } } },
                  "304": { "$ref": "#/components/responses/NotModified" },
                  "429": { "$ref": "#/components/responses/RateLimited" },
                  "500": { "$ref": "#/components/responses/Internal" },
                  "503": { "$ref": "#/components/responses/Unavailable" }
                },
                "security": []
              }
            },
            "/v1/sandbox/clock": {
              "post": {
                "tags": [ "Sandbox" ],
                "summary": "设置沙箱时钟",
                "description": "Puts the clock; it never goes back behind what has been recorded. Outside the sandbox there is no such address. Role: operator.",
                "operationId": "setSandboxClock",
                "parameters": [ { "$ref": "#/components/parameters/Accept-Language" } ],
                "requestBody": {
                  "description": "Where the clock is put.",
                  "required": true,
                  "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ClockBody" }, "example": { "now": "2026-03-02T09:00:00+08:00" } } }
                },
                "responses": {
                  "200": { "description": "Where the clock is.", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ClockBody" }, "example": { "now": "2026-03-02T09:00:00+08:00", "runs": false } } } },
                  "400": { "$ref": "#/components/responses/BadRequest" },
                  "401": { "$ref": "#/components/responses/Unauthenticated" },
                  "403": { "$ref": "#/components/responses/Forbidden" },
                  "404": { "$ref": "#/components/responses/NotFound" },
                  "409": { "$ref": "#/components/responses/Conflict" },
                  "413": { "$ref": "#/components/responses/TooLarge" },
                  "415": { "$ref": "#/components/responses/UnsupportedMediaType" },
                  "429": { "$ref": "#/components/responses/RateLimited" },
                  "500": { "$ref": "#/components/responses/Internal" },
                  "503": { "$ref": "#/components/responses/Unavailable" }
                },
                "security": [ { "bearer": [] } ]
              }
            }
          },
          "schemas": {
            "ClockBody": {
              "type": "object",
              "description": "The clock of the sandbox.",
              "required": [ "now" ],
              "properties": {
                "now": { "description": "Where it is put.", "type": "string", "format": "date-time" },
                "runs": { "description": "Whether it goes on from there; it stands otherwise.", "type": "boolean", "default": false }
              },
              "additionalProperties": false
            },
            "Health": {
              "type": "object",
              "description": "Whether the service is well.",
              "required": [ "status", "parts" ],
              "properties": {
                "status": { "description": "Of the worst part.", "type": "string", "enum": [ "healthy", "degraded" ] },
                "parts": { "description": "Each part by name.", "type": "object", "additionalProperties": { "type": "string", "enum": [ "healthy", "degraded", "unhealthy" ] } },
                "rebuild": { "description": "The views that are rebuilt for a new version, from which nothing is answered meanwhile.", "type": "string" }
              }
            }
          }
        }
        """;

    public static void AddTo(JsonObject document)
    {
        var told = JsonNode.Parse(Told)!;
        foreach (var (path, item) in told["paths"]!.AsObject()) document["paths"]![path] = item!.DeepClone();
        foreach (var (name, schema) in told["schemas"]!.AsObject()) document["components"]!["schemas"]![name] = schema!.DeepClone();
    }
}
