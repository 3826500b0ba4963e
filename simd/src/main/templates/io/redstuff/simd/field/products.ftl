<#--
  Pieces of code that the kernels of the field are made of. They are written into the kernels where these name them, and
  are no methods, because C2 stops inlining in large methods and would then keep every vector on the heap.
-->

<#-- Loads a vector of bytes; stores one, as in a${into("at")}. -->
<#function load at memory = "work" species = "BYTES">
  <#return "fromMemorySegment(${species}, ${memory}, ${at}, LITTLE_ENDIAN)">
</#function>
<#function into at memory = "work">
  <#return ".intoMemorySegment(${memory}, ${at}, LITTLE_ENDIAN)">
</#function>

<#-- Declares the tables of a constant of GF(2^8): ${name}Low for the low bits of a byte, ${name}High for the others. -->
<#macro tables name constant = name>
    int ${name}Tables = ${constant} * TABLES;
    ByteVector ${name}Low = fromArray(BYTES, PRODUCTS, ${name}Tables);
    ByteVector ${name}High = fromArray(BYTES, PRODUCTS, ${name}Tables + STEP);
</#macro>

<#-- The look-ups by the low bits and by the others, which a shift brings down, of "constant * vector". -->
<#function lookUps product>
  <#local constant = product?keep_before(" * ") vector = product?keep_after(" * ")>
  <#return [
    "${vector}.selectFrom(${constant}Low)",
    "${vector}.reinterpretAsLongs().lanewise(LSHR, INDEX_BITS).reinterpretAsBytes().selectFrom(${constant}High)"
  ]>
</#function>
<#function times product>
  <#local parts = lookUps(product)>
  <#return "${parts[0]}.lanewise(XOR, ${parts[1]})">
</#function>
<#-- Adds a product, in the lanes of a mask where one is given, as in x${plus("twiddle * y")}. -->
<#function plus product mask = "">
  <#local parts = lookUps(product) and = mask?has_content?then(".and(${mask})", "")>
  <#return ".lanewise(XOR, ${parts[0]}${and}).lanewise(XOR, ${parts[1]}${and})">
</#function>

<#-- Declares the tables of any constant, which may depend on both bytes of it: see Tower. -->
<#macro towerTables constant>
    <@tables "c0" "Tower.low(${constant})"/>
    <@tables "both" "Tower.highToHigh(${constant})"/>
    <@tables "cross" "Tower.highToLow(${constant})"/>
</#macro>
<#-- Begins an element times such a constant: the new low byte is product + cross * high, the high one product + both * sum. -->
<#macro towerProduct low high>
      ByteVector sum = ${low}.lanewise(XOR, ${high});
      ByteVector product = ${times("c0 * ${low}")};
</#macro>
