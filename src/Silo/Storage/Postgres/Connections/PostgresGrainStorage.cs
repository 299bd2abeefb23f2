using Orleans.Storage;

namespace Marketing.Storage.Postgres;

/// <summary>
/// Grain state, with the server's failures told apart. State is read before a grain is there whose calls could be filtered, and the driver's
/// exceptions do not travel to the caller.
/// </summary>
internal sealed class PostgresGrainStorage(IGrainStorage storage) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        PostgresFailures.TranslatedAsync(() => storage.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        PostgresFailures.TranslatedAsync(() => storage.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        PostgresFailures.TranslatedAsync(() => storage.ClearStateAsync(stateName, grainId, grainState));
}
