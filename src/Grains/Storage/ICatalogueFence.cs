namespace Marketing.Storage;

/// <summary>What the committer checks a commit's catalogue version against.</summary>
internal interface ICatalogueFence
{
    long CurrentVersion(int project);
}
