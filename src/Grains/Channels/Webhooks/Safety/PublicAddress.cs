using System.Net;
using System.Net.Sockets;

namespace Marketing.Channels.Webhooks;

/// <summary>
/// Tells addresses of the public internet from those that lead into a private network, to this machine or to a cloud's metadata service.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Special4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // Azure's agent answers on a public-looking address from inside every virtual machine.
        "168.63.129.16/32");

    // Everything assigned to the public internet is in 2000::/3; what else there is, is named below.
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Special6 = Networks(
        // Teredo and the other protocol assignments, documentation, and 6to4, which tunnels to any IPv4 address.
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !IsIn(Special4, address);
        }

        if (Nat64.Contains(address))
        {
            return Is(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        }

        return Global6.Contains(address) && !IsIn(Special6, address);
    }

    private static bool IsIn(IPNetwork[] networks, IPAddress address) => Array.Exists(networks, network => network.Contains(address));

    private static IPNetwork[] Networks(params string[] networks) => Array.ConvertAll(networks, network => IPNetwork.Parse(network));
}
