using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Marketing.Projects;

namespace Marketing.Distributions.Courtesies;

/// <summary>
/// What stands for an address of a channel where it only has to be told from others of its distribution: a digest with a secret, so that who was written to can neither be read from it nor found by
/// trying addresses.
/// </summary>
internal static class AddressKey
{
    private const string Kind = "address";

    /// <param name="links">Has the secret, which was loaded.</param>
    /// <param name="project">The project.</param>
    /// <param name="distribution">The distribution's number.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="address">The address.</param>
    public static string Of(SignedLinks links, int project, int distribution, string channel, string address) =>
        Base64Url.EncodeToString(links.Sign(project, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Kind}\n{distribution}\n{channel}\n{address}"))));
}
