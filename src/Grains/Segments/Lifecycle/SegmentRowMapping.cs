using System.Text;

namespace Marketing.Segments;

/// <summary>Between what a segment remembers and its row.</summary>
internal static class SegmentRowMapping
{
    public static SegmentRow Row(int project, string id, SegmentState state, long revision) => new()
    {
        Number = state.Number,
        Project = project,
        Id = id,
        Name = state.Name,
        Type = state.Type,
        CreatedAt = state.CreatedAt,
        UpdatedAt = state.UpdatedAt,
        Baseline = state.Baseline,
        Synced = state.Synced,
        Progress = state.Progress,
        Filter = state.Unread?.Filter ?? (state.Filter is null ? null : Encoding.UTF8.GetBytes(state.Filter)),
        Zones = state.Zones,
        UnreadZones = state.Unread?.Zones,
        Revision = revision,
        Fingerprint = state.Fingerprint,
        Cursor = state.Cursor,
        Deleted = state.Deleted,
        Version = state.Version,
        DraftOf = state.DraftOf,
    };

    /// <summary>What the grain knows, from its row; what rows of an earlier version do not have is as that version left it.</summary>
    public static SegmentState State(SegmentRow row, SegmentState earlier) => new()
    {
        Number = row.Number,
        Name = row.Name,
        Type = row.Type,
        Filter = row.Filter is null ? null : Encoding.UTF8.GetString(row.Filter),
        Unread = UnreadFilter.Of(row),
        Zones = row.Zones,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
        Baseline = row.Baseline,
        Synced = row.Synced,
        Progress = row.Progress,
        Fingerprint = row.Cursor is null ? earlier.Fingerprint : row.Fingerprint,
        Cursor = row.Cursor ?? earlier.Cursor,
        Deleted = row.Deleted,
        Version = row.Version,
        DraftOf = row.DraftOf,
    };
}
