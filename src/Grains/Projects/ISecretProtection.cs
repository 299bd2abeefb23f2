namespace Marketing.Projects;

/// <summary>Keeps secrets that are needed in the clear from whoever gets hold of what is stored, but not of the keys.</summary>
internal interface ISecretProtection
{
    /// <summary>What to store instead of a secret. What is protected already stays as it is.</summary>
    string Protect(string secret);

    /// <summary>The secret behind what was stored; one that was stored before secrets were protected stands for itself.</summary>
    /// <exception cref="InvalidOperationException">The keys that open it are not there.</exception>
    string Read(string stored);
}
