using Marketing.Campaigns;
using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>What other features have of a programme, and goes with it.</summary>
internal interface IProgramContent
{
    /// <summary>What is written in the commit that deletes a programme.</summary>
    Task<IReadOnlyList<RowWrite>> RemovalAsync(int project, CampaignRow campaign);
}
