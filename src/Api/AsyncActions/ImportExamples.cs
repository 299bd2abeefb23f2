namespace Marketing.AsyncActions;

/// <summary>What becomes of files of customers, for the OpenAPI document.</summary>
internal static class ImportExamples
{
    public const string Started = """{"async_action_id":"aa_0c5543f00797b6113f"}""";

    public const string Trial = """
        {"dry_run":true,"message":"3 customer(s) would be imported, 1 would fail.","complete":true,"separator":";",
         "mapping":[{"column":"Source_id","field":"source_id"},{"column":"Name","field":"name"},{"column":"Birthdate","field":"birthdate"},{"column":"plan","field":"metadata.plan"}],
         "failed":[{"source_id":"grace","row":2,"column":"Birthdate","reason":"birthdate may be 1 February 1980 or 2 January 1980: write 1980-02-01 or 1980-01-02"}],
         "done_count":3,"failed_count":1,"created_count":2,"updated_count":1,"unchanged_count":0,
         "warnings":[{"source_id":"","row":4,"reason":"has neither Id nor Source_id: a second import would create it again"}],"warnings_count":1}
        """;

    public const string Action = """
        {"id":"aa_0c5543f00797b6113f","type":"CUSTOMERS.IMPORT_CSV","status":"DONE","operation_status":"SUCCESS",
         "result":{"message":"3 customer(s) imported successfully, 1 failed.",
          "failed":[{"source_id":"grace","row":2,"column":"Birthdate","reason":"birthdate may be 1 February 1980 or 2 January 1980: write 1980-02-01 or 1980-01-02"}],
          "done_count":3,"failed_count":1,"created_count":2,"updated_count":1,"unchanged_count":0,
          "warnings":[{"source_id":"","row":4,"reason":"has neither Id nor Source_id: a second import would create it again"}],"warnings_count":1},
         "created_at":"2026-03-01T12:00:00.000Z","updated_at":"2026-03-01T12:00:00.130Z","request_id":"v-0c5543eff2cb0f547f","progress":100,"processing_time":130,
         "object":"async_action"}
        """;
}
