using Marketing.AsyncActions;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Topics;

namespace Marketing.Suppressions.Imports;

/// <summary>Adds what rows of a job say is suppressed. What is on the list stays as it is there, but that any other reason replaces unsubscribed, so that a row that is done again changes nothing.</summary>
internal sealed class SuppressionRows(ISuppressionStore store, ChannelRegistry channels, Catalogues catalogues, TimeProvider clock)
{
    /// <summary>The most characters of an address.</summary>
    private const int LongestAddress = 320;

    /// <summary>Adds them, and tells which are refused.</summary>
    public async Task SaveAsync(ImportJob job, IReadOnlyList<(long Number, SuppressionRow Row)> rows, List<ImportProblem> failures)
    {
        var topics = rows.Any(static row => row.Row.Topic is not null) ? (await catalogues.FreshAsync(job.Project)).Section<TopicSection>() : null;
        var (now, taken) = (clock.GetUtcNow(), new List<Suppression>(rows.Count));
        foreach (var (number, row) in rows)
        {
            if (WhyNot(row, topics) is var (column, reason))
            {
                failures.Add(new ImportProblem(number, null, $"{column} {reason}", column));
            }
            else
            {
                taken.Add(new Suppression
                {
                    Channel = row.Channel!,
                    Address = SuppressedAddress.KeyOf(row.Channel!, row.Address!),
                    Reason = row.Reason ?? SuppressionReasons.Manual,
                    Topic = row.Topic,
                    CreatedAt = now,
                });
            }
        }

        if (taken.Count > 0)
        {
            await store.AddAllAsync(job.Project, taken);
        }

        failures.Sort(static (one, other) => one.Row.CompareTo(other.Row));
    }

    private (string Column, string Reason)? WhyNot(SuppressionRow row, TopicSection? topics)
    {
        if (string.IsNullOrWhiteSpace(row.Address) || row.Address.Length > LongestAddress || row.Address.Any(char.IsControl))
        {
            return ("address", $"must have 1 to {LongestAddress} characters, without control characters");
        }

        if (row.Channel != Suppression.AllChannels && channels.Find(row.Channel) is null)
        {
            return ("channel", $"must be one of: {Suppression.AllChannels}, {string.Join(", ", channels.Types)}");
        }

        if (row.Reason is not null && !SuppressionReasons.All.Contains(row.Reason))
        {
            return ("reason", $"must be one of: {string.Join(", ", SuppressionReasons.All)}");
        }

        return row.Topic is not null && topics!.Find(row.Topic) is null ? ("topic", "must be the id of a topic that there is") : null;
    }
}
