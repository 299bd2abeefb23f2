namespace Marketing.Storage.Postgres;

/// <summary>A row that was to be changed is not as it was read: somebody was faster, and it will be seen the next time.</summary>
internal sealed class OvertakenException() : Exception("Another silo was faster.");
