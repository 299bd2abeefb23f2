namespace Marketing.Storage.Relational;

/// <summary>Keeps how far a request to queue messages again got.</summary>
internal static class RequeueNote
{
    private const string Keep =
        """
        INSERT INTO operations (project, key, fingerprint, result, created_at) VALUES (?1, ?2, '', ?3, ?4)
        ON CONFLICT (project, key) DO UPDATE SET result = excluded.result
        """;

    public static async ValueTask<int> WriteAsync(ISqlSession session, RequeueRequest? request, int queued, DateTimeOffset now) => request is null
        ? 0
        : await session.RunAsync(new SqlQuery(Keep).Bind(request.Project).Bind(request.Key).Bind(request.After(queued).Note()).Bind(now.ToStored()));
}
