using Microsoft.AspNetCore.Http.Metadata;

namespace HousingBank.Web.Attachments;

/// <summary>A page whose form sends one file. It is read into memory and nowhere else: no folder holds it in the open.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesFileAttribute : Attribute, IRequestSizeLimitMetadata, IFormOptionsMetadata
{
    public long? MaxRequestBodySize => SentFile.LargestRequest;

    public int? MemoryBufferThreshold => (int)SentFile.LargestRequest;

    public long? MultipartBodyLengthLimit => SentFile.LargestRequest;

    public long? BufferBodyLengthLimit => null;

    public bool? BufferBody => null;

    public int? ValueCountLimit => null;

    public int? KeyLengthLimit => null;

    public int? ValueLengthLimit => null;

    public int? MultipartBoundaryLengthLimit => null;

    public int? MultipartHeadersCountLimit => null;

    public int? MultipartHeadersLengthLimit => null;
}
