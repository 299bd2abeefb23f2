namespace Marketing.Customers;

/// <summary>Bodies for the OpenAPI document.</summary>
internal static class CustomerExamples
{
    public const string Customer = """
        {"source_id":"ada","name":"Ada Lovelace","email":"ada@example.com","phone":"+44 20 7946 0000","birthdate":"1985-12-10",
         "address":{"city":"London","country":"United Kingdom"},"metadata":{"plan":"gold"}}
        """;

    public const string Change = """{"phone":"+44 20 7946 0001","metadata":{"plan":"silver"}}""";

    public const string Several = """
        [{"source_id":"ada","metadata":{"plan":"gold"}},{"source_id":"grace","name":"Grace Hopper","email":"grace@example.com"}]
        """;

    public const string Metadata = """{"source_ids":["ada","grace"],"metadata":{"newsletter":true}}""";

    public const string File = """{"file":"source_id,name,email,plan\nada,Ada Lovelace,ada@example.com,gold\n"}""";
}
