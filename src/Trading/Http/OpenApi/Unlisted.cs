using System.Text.Json.Nodes;

namespace Trading.Http.OpenApi;

/// <summary>What is answered outside FastEndpoints: health, and the clock of the sandbox.</summary>
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
                "parts": { "description": "Each part by name.", "type": "object", "additionalProperties": { "type": "string", "enum": [ "healthy", "degraded", "unhealthy" ] } }
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
