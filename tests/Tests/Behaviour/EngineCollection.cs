using Xunit;

namespace Marketing.Behaviour;

/// <summary>The classes that share <see cref="SharedEngine"/>.</summary>
[CollectionDefinition(Name)]
public sealed class EngineCollection : ICollectionFixture<SharedEngine>
{
    public const string Name = "engine";
}
