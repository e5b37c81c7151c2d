namespace Trading.Kernel;

/// <summary>Check characters of the pure systems of radix 2 of ISO 7064 (GB/T 17710). The text keeps to the system's alphabet.</summary>
internal static class Iso7064
{
    /// <summary>MOD 37-2, for 0–9 and A–Z.</summary>
    public static char Mod37Radix2(string text) => Check(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*");

    /// <summary>MOD 11-2, for digits; 公民身份号码 (GB 11643) ends with it.</summary>
    public static char Mod11Radix2(string digits) => Check(digits, "0123456789X");

    private static char Check(string text, string alphabet)
    {
        var modulus = alphabet.Length;
        var remainder = text.Aggregate(0, (sum, c) => (sum + alphabet.IndexOf(c)) * 2 % modulus);
        return alphabet[(modulus + 1 - remainder) % modulus];
    }
}
