namespace Trading.Ops.Views;

/// <summary>How a view in the database fits this build.</summary>
public enum ViewState
{
    /// <summary>Its rows are of this build's version.</summary>
    Current,

    /// <summary>The database asks for this build's version; the rows wait for a rebuild.</summary>
    Rebuilding,

    /// <summary>The database asks for another version: another build is, or is not yet, in charge.</summary>
    OtherVersion,
}
