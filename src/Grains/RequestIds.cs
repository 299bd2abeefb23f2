using System.Security.Cryptography;

namespace Marketing;

/// <summary>Ids of requests, <c>v-</c> and 18 hex digits.</summary>
internal static class RequestIds
{
    public static string New() => "v-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(9));
}
