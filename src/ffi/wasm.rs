//! Room for buffers in a WebAssembly module: a host can only pass bytes that lie in the module's memory, and asks here
//! where it may put them. The library itself allocates nothing.

use crate::memory;
use core::cell::UnsafeCell;
use core::mem::size_of;
use dlmalloc::Dlmalloc;

struct Allocator(UnsafeCell<Dlmalloc>);

// SAFETY: a module without the atomics feature, which is asserted below, has one thread.
unsafe impl Sync for Allocator {}
const _: () = assert!(!cfg!(target_feature = "atomics"));

static ALLOCATOR: Allocator = Allocator(UnsafeCell::new(Dlmalloc::new()));

/// What lies before each buffer, so that `pqh_free` knows how much to wipe.
#[repr(C)]
struct Header {
    len: usize,
    /// Of the length and the place, so that a buffer which was just freed is found out.
    seal: usize,
}

/// Bytes of the module's memory, from address 0 on; it only ever grows.
fn memory_bytes() -> usize {
    const PAGE: usize = 65536;
    // All of the address space is one byte more than can be said.
    core::arch::wasm32::memory_size(0).saturating_mul(PAGE)
}

fn seal(header: *const Header, len: usize) -> usize {
    !(len ^ header.addr())
}

/// Makes room for `len` bytes, aligned to 8, and returns where; NULL if memory cannot grow by that much. For 0 bytes too
/// it is a pointer of its own, which is to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_alloc(len: usize) -> *mut u8 {
    let whole = match len.checked_add(size_of::<Header>()) {
        Some(whole) if whole <= isize::MAX.unsigned_abs() => whole,
        _ => return core::ptr::null_mut(),
    };
    // SAFETY: one thread, and the allocator calls nobody back, so this is the only reference.
    let header: *mut Header = unsafe { (*ALLOCATOR.0.get()).c_malloc(whole) }.cast();
    if header.is_null() {
        return core::ptr::null_mut();
    }
    // SAFETY: the allocator gave `whole` bytes, which begin with room for the header and are aligned for it.
    unsafe {
        header.write(Header { len, seal: seal(header, len) });
        header.add(1).cast()
    }
}

/// Wipes a buffer that `pqh_alloc` made and gives its room back. NULL, and a buffer that was just freed, are left alone; any
/// other pointer is the host's mistake.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_free(buffer: *mut u8) {
    // No header lies at address 0.
    if buffer.addr() <= size_of::<Header>() || !buffer.cast::<Header>().is_aligned() {
        return;
    }
    let Some(room) = memory_bytes().checked_sub(buffer.addr()) else {
        return;
    };
    let header = buffer.cast::<Header>().wrapping_sub(1);
    // SAFETY: not NULL, aligned, and within the module's memory, because it lies before `buffer`, which does.
    let Header { len, seal: found } = unsafe { header.read() };
    if found != seal(header, len) || len > room {
        return;
    }
    // SAFETY: within the module's memory, and the seal says that the buffer is one of ours, of `len` bytes; nobody else
    // refers to it from here on.
    unsafe {
        memory::wipe(core::slice::from_raw_parts_mut(buffer, len));
        header.write(Header { len: 0, seal: 0 });
        (*ALLOCATOR.0.get()).c_free(header.cast());
    }
}
