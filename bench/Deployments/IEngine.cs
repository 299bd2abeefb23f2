using Marketing.Testing;

namespace Marketing.Bench.Deployments;

/// <summary>A running engine, however it is deployed.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>Carries the server keys of the first project.</summary>
    HttpClient Http { get; }

    /// <summary>The same in the words of a shop.</summary>
    ShopClient Shop { get; }

    /// <summary>Processor time of all its processes so far, the database's not among them.</summary>
    TimeSpan ProcessorTime { get; }

    /// <summary>Processor time of the database's processes so far; zero where the engine is its own.</summary>
    TimeSpan DatabaseTime { get; }

    /// <summary>The most that the process which hosts the grains ever occupied.</summary>
    long PeakResidentBytes { get; }

    /// <summary>The database behind it; null where the engine is its own.</summary>
    Database? Database { get; }
}
