namespace Trading.Kernel;

/// <summary>What is said to people, once in Chinese and once in English.</summary>
public sealed record Wording(string Zh, string En)
{
    public string In(Language language) => language is Language.En ? En : Zh;
}

/// <summary>The languages the service answers in; Chinese unless the client asks for English.</summary>
public enum Language { Zh, En }
