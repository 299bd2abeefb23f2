namespace Marketing.Http;

/// <summary>Whether there is a project yet.</summary>
internal interface IFirstProject
{
    /// <summary>Until it is there, keys that are right cannot be told from wrong ones.</summary>
    bool Exists { get; }
}
