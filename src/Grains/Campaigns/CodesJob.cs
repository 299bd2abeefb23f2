namespace Marketing.Campaigns;

/// <summary>What a job is to make, or to delete.</summary>
/// <param name="Campaign">The campaign's id.</param>
/// <param name="Count">How many codes.</param>
/// <param name="Fields">Fields of each.</param>
/// <param name="CodeConfig">How they look, where it is not as the campaign says.</param>
internal sealed record CodesJob(string Campaign, long Count, RawJson? Fields, RawJson? CodeConfig);
