using Xunit;

namespace Marketing.Api;

/// <summary>The tests that share one API.</summary>
[CollectionDefinition(Name)]
public sealed class ApiTests : ICollectionFixture<ApiHost>
{
    public const string Name = "api";
}
